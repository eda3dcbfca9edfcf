package dev.anodyne.core.charging;

/**
 * A current to draw, until it expires. A charger that holds an expired command ramps to zero.
 *
 * @param chargeCurrentAmps wanted current, A, ≥ 0
 * @param voltageCeilingVolts terminal voltage the charger must not pass, V
 * @param validUntilNanos end of validity on the loop's clock, ns
 */
public record CurrentCommand(
    double chargeCurrentAmps, double voltageCeilingVolts, long validUntilNanos) {

  /** The safe command: no current. */
  public static CurrentCommand zero(long validUntilNanos) {
    return new CurrentCommand(0.0, 0.0, validUntilNanos);
  }

  /** True when the command may no longer be acted on. */
  public boolean isExpiredAt(long nowNanos) {
    return nowNanos - validUntilNanos >= 0;
  }

  /** The same command with a current that is lower or equal; raising is a bug. */
  public CurrentCommand loweredTo(double amps) {
    if (!(amps <= chargeCurrentAmps)) {
      throw new IllegalArgumentException(
          "A command of " + chargeCurrentAmps + " A cannot be raised to " + amps + " A.");
    }
    return new CurrentCommand(amps, voltageCeilingVolts, validUntilNanos);
  }
}
