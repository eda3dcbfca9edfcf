/**
 * Makes the networks: synthetic packs, data, training with Deeplearning4j, calibration and the
 * evaluation that goes into a model's card. The only package that uses Deeplearning4j; a running
 * controller never loads it.
 */
@NullMarked
package dev.anodyne.estimators.training;

import org.jspecify.annotations.NullMarked;
