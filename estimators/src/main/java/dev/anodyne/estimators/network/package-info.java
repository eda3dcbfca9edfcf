/**
 * Trained networks in the loop: features, a plain forward pass of exported weights, the calibrated
 * bound, and the model file with its card. Training is elsewhere; Deeplearning4j is not needed
 * here.
 */
@NullMarked
package dev.anodyne.estimators.network;

import org.jspecify.annotations.NullMarked;
