/**
 * Charging laws that need no optimiser: constant current and voltage, stages, a current map, riding
 * the anode potential. They are what model-predictive control is compared with, under the same
 * limits, and two of them are rungs of its fallback ladder.
 */
@NullMarked
package dev.anodyne.mpc.baseline;

import org.jspecify.annotations.NullMarked;
