/**
 * Searching a policy's parameters: the least mean charging time over a set of scenarios, subject to
 * no plating.
 *
 * <p>CMA-ES proposes candidates; each is charged through every scenario, with the same seeds for
 * all of them (common random numbers), so that differences are the policies' own. What was found is
 * judged on other seeds than it was searched with, and only those figures are reported: a search
 * always looks better on its own ground. Finished evaluations are kept in a journal, and the search
 * is deterministic: the same command goes on where an interrupted one stopped.
 */
@NullMarked
package dev.anodyne.controller.lab.tuning;

import org.jspecify.annotations.NullMarked;
