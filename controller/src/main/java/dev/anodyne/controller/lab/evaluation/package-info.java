/**
 * The judge of the estimators: one grid of batteries, sensors and charges for all of them, run
 * through the same update that a controller uses.
 *
 * <p>The truth comes from the simulated plant (finer mesh, all side reactions), never from the code
 * that makes training data, and is drawn from seeds of its own: no battery and no session here was
 * trained on or calibrated with. Estimators get measurements and nothing else; true values stay in
 * {@link dev.anodyne.controller.lab.evaluation.SessionTape} and are read by {@link
 * dev.anodyne.controller.lab.evaluation.Judge} alone.
 */
@NullMarked
package dev.anodyne.controller.lab.evaluation;

import org.jspecify.annotations.NullMarked;
