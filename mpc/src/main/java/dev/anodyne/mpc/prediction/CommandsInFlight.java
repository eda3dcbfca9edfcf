package dev.anodyne.mpc.prediction;

/**
 * Commands that a charger with a dead time has been given but does not follow yet, and the current
 * that will flow when the next command begins to count.
 *
 * <pre>
 * I(t + d) from I(t): at every s in [t, t + d] towards the command given before s − d, by the ramp
 * </pre>
 *
 * <p>Without this a policy ramps from the measured current, which lags its own commands, and
 * predicts the effect of a decision a dead time too early. Mutable, made once; not thread-safe.
 */
public final class CommandsInFlight {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double delaySeconds;
  private final long[] givenNanos;
  private final double[] givenAmps;
  private int count;

  /**
   * Nothing was commanded yet.
   *
   * @param delaySeconds dead time, s, ≥ 0
   * @param periodSeconds time between commands, s
   */
  public CommandsInFlight(double delaySeconds, double periodSeconds) {
    this.delaySeconds = delaySeconds;
    int room = (int) Math.ceil(delaySeconds / periodSeconds) + 2;
    givenNanos = new long[room];
    givenAmps = new double[room];
  }

  /** The charger's dead time, s. */
  public double delaySeconds() {
    return delaySeconds;
  }

  /** Remembers a command. */
  public void command(double amps, long nowNanos) {
    if (count == givenNanos.length) {
      System.arraycopy(givenNanos, 1, givenNanos, 0, count - 1);
      System.arraycopy(givenAmps, 1, givenAmps, 0, count - 1);
      count--;
    }
    givenNanos[count] = nowNanos;
    givenAmps[count] = amps;
    count++;
  }

  /** Takes over what another one remembers, as far as there is room for the newest. */
  public void takeOver(CommandsInFlight other) {
    count = 0;
    for (int i = 0; i < other.count; i++) {
      command(other.givenAmps[i], other.givenNanos[i]);
    }
  }

  /** Forgets all commands: the measured current is all that is known. */
  public void forget() {
    count = 0;
  }

  /**
   * The current when a command given now begins to count.
   *
   * @param flowingAmps current that flows now, A
   * @param rampAmpsPerSecond largest rate of change, A/s
   * @param nowNanos now
   * @return A; {@code flowingAmps} without a dead time
   */
  public double ampsAtEffect(double flowingAmps, double rampAmpsPerSecond, long nowNanos) {
    double amps = flowingAmps;
    for (int i = 0; i < count; i++) {
      // In seconds from now: this command counts from its time plus the dead time to the next's.
      double start = delaySeconds + (givenNanos[i] - nowNanos) / NANOS_PER_SECOND;
      double end =
          i + 1 < count
              ? delaySeconds + (givenNanos[i + 1] - nowNanos) / NANOS_PER_SECOND
              : delaySeconds;
      double seconds = Math.min(end, delaySeconds) - Math.max(start, 0.0);
      if (seconds > 0.0) {
        double reach = rampAmpsPerSecond * seconds;
        amps += Math.max(-reach, Math.min(reach, givenAmps[i] - amps));
      }
    }
    return amps;
  }
}
