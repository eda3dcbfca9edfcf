package dev.anodyne.controller.safety;

/** The lowest of several caps and the rule it came from. */
final class Lowest {
  private final double asked;
  private double amps;
  private GuardReason reason = GuardReason.NONE;

  Lowest(double asked) {
    this.asked = asked;
    this.amps = asked;
  }

  void cap(double limit, GuardReason rule) {
    double safe = limit > 0 ? limit : 0; // not a number counts as nothing allowed
    if (safe < amps) {
      amps = safe;
      reason = rule;
    }
  }

  void scale(double factor, GuardReason rule) {
    if (!(factor >= 1)) {
      cap(amps * factor, rule);
    }
  }

  GuardVerdict verdict(double ceiling) {
    String text =
        reason == GuardReason.NONE
            ? ""
            : "Lowered from "
                + Guard.tenths(asked)
                + " A to "
                + Guard.tenths(amps)
                + " A by "
                + reason
                + ".";
    return new GuardVerdict(amps, ceiling, reason, text);
  }
}
