package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.VoltageParts;
import org.jspecify.annotations.Nullable;

/**
 * What the model says at one instant. The objects inside are filled in place.
 *
 * @param outputs the model's outputs
 * @param parts what the voltage is made of; null when nobody asked
 */
record Reading(P2dOutputs outputs, @Nullable VoltageParts parts) {
  static Reading empty(boolean withParts) {
    return new Reading(new P2dOutputs(), withParts ? new VoltageParts() : null);
  }
}
