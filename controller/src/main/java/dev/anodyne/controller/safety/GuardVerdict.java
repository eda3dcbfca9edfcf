package dev.anodyne.controller.safety;

/**
 * What the guard lets through.
 *
 * @param allowedAmps battery current that may be drawn, A, ≥ 0 and never above the one asked for
 * @param voltageCeilingVolts terminal voltage the charger must not pass, V; never above the one
 *     asked for
 * @param reason the rule that lowered the current most; {@link GuardReason#NONE} when none did
 * @param text the reason as a sentence for a person, with the numbers; empty for {@code NONE}
 */
public record GuardVerdict(
    double allowedAmps, double voltageCeilingVolts, GuardReason reason, String text) {
  /** No current, for a reason. */
  static GuardVerdict stop(GuardReason reason, String text) {
    return new GuardVerdict(0.0, 0.0, reason, text);
  }
}
