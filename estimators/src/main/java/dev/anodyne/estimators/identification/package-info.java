/**
 * Adaptation: what a charge tells about this very battery. After a session the parameters of the
 * twin's model are fitted to the recorded current, voltage and temperature, starting from what was
 * known before, with the model's exact derivatives; sensor biases are estimated beside them, so
 * that they are not taken for ageing. The change per session is bounded, and every earlier
 * identification is kept, so that it can be restored.
 */
@NullMarked
package dev.anodyne.estimators.identification;

import org.jspecify.annotations.NullMarked;
