/**
 * How sure an estimate is: lower bounds and intervals from standard deviations that vary with time,
 * scaled so that they hold for batteries and sessions that nothing was fitted to (normalised
 * conformal prediction: Papadopoulos, Vovk, Gammerman 2002; by group: Vovk, Mondrian conformal
 * predictors 2003), and the range of conditions within which that was found.
 */
@NullMarked
package dev.anodyne.estimators.bounds;

import org.jspecify.annotations.NullMarked;
