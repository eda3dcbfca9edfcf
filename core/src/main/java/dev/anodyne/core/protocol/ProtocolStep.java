package dev.anodyne.core.protocol;

import java.util.List;

/**
 * One step of a protocol. Whatever comes first ends it.
 *
 * @param text the step as written
 * @param action what is held
 * @param maxSeconds duration, s; +∞ when none was given
 * @param ends events that end it
 */
public record ProtocolStep(String text, StepAction action, double maxSeconds, List<StepEnd> ends) {
  public ProtocolStep {
    ends = List.copyOf(ends);
  }
}
