/**
 * Trained networks in the loop: features, plain forward passes of an ensemble's exported weights
 * whose disagreement counts as doubt, the calibrated bound, and the model file with its card.
 * Training is elsewhere; Deeplearning4j is not needed here.
 */
@NullMarked
package dev.anodyne.estimators.network;

import org.jspecify.annotations.NullMarked;
