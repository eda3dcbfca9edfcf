/**
 * Comparing policies: a grid of scenarios, each charged by every policy with every estimator, on
 * all cores.
 *
 * <p>A scenario says everything about a charge but who makes it: cell, temperature, window, age,
 * sensors, what the plant differs in, limits, period and seed. Policies meet the same scenarios
 * with the same seeds (common random numbers), so that their differences are paired. Finished
 * charges are kept in a journal: an interrupted comparison goes on, a changed one computes only
 * what has changed. Every row of the results has the command that makes it again.
 */
@NullMarked
package dev.anodyne.controller.lab.compare;

import org.jspecify.annotations.NullMarked;
