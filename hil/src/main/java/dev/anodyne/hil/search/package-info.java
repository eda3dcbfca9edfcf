/**
 * Looks for the worst case of a scenario: a sweep over its parameters by Latin hypercube or Sobol
 * points, then falsification, which lowers a check's margin from the worst points on by CMA-ES.
 * Every sample is written down at once, so that a search that was cut goes on where it was; the
 * worst cases are kept as scenarios.
 */
@NullMarked
package dev.anodyne.hil.search;

import org.jspecify.annotations.NullMarked;
