/**
 * Belief: what can be said about a battery's inside from current, voltage and temperature.
 *
 * <p>{@link dev.anodyne.estimators.Estimators} makes an estimator by name. Every estimator here
 * speaks about the weakest cell of the battery, the one whose anode potential is lowest, and gives
 * a calibrated lower bound beside the estimate. Nothing in this package needs Deeplearning4j: only
 * {@code dev.anodyne.estimators.training} does.
 */
@NullMarked
package dev.anodyne.estimators;

import org.jspecify.annotations.NullMarked;
