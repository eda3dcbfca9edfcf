package dev.anodyne.mpc.prediction;

/**
 * A current over time: one value a move of a {@link HorizonGrid}, from the time of the decision on.
 * The last move goes on for ever. Mutable, made once; not thread-safe.
 */
public final class MovePlan {
  private static final double NANOS_PER_SECOND = 1e9;

  private final HorizonGrid grid;
  private final double[] amps;
  private long timeNanos;
  private boolean known;

  /** No plan yet. */
  public MovePlan(HorizonGrid grid) {
    this.grid = grid;
    amps = new double[grid.moves()];
  }

  /** Whether there is a plan. */
  public boolean isKnown() {
    return known;
  }

  /** Forgets the plan. */
  public void forget() {
    known = false;
  }

  /** Takes over the current of every move, decided at a time. */
  public void set(double[] moveAmps, long decidedAtNanos) {
    System.arraycopy(moveAmps, 0, amps, 0, amps.length);
    timeNanos = decidedAtNanos;
    known = true;
  }

  /** Takes over another plan, resampled on this one's grid; unknown when that one is. */
  public void takeOver(MovePlan other) {
    known = other.known;
    timeNanos = other.timeNanos;
    for (int j = 0; known && j < amps.length; j++) {
      double start = grid.moveStartSeconds(j);
      amps[j] = other.meanAmps(start, start + grid.moveSeconds(j));
    }
  }

  /** Age of the plan, s; negative when time ran backwards. */
  public double ageSeconds(long nowNanos) {
    return (nowNanos - timeNanos) / NANOS_PER_SECOND;
  }

  /** Mean planned current between two times from the decision, A. */
  public double meanAmps(double fromSeconds, double toSeconds) {
    double charge = 0.0;
    for (int j = 0; j < amps.length; j++) {
      double start = grid.moveStartSeconds(j);
      double end = j == amps.length - 1 ? Double.POSITIVE_INFINITY : grid.moveStartSeconds(j + 1);
      double overlap = Math.min(toSeconds, end) - Math.max(fromSeconds, start);
      if (overlap > 0.0) {
        charge += overlap * amps[j];
      }
    }
    return charge / (toSeconds - fromSeconds);
  }

  /**
   * The plan as seen now: each move of the grid gets the mean of what was planned for its time.
   *
   * @param moveAmps filled
   */
  public void shiftTo(long nowNanos, double[] moveAmps) {
    double age = ageSeconds(nowNanos);
    for (int j = 0; j < moveAmps.length; j++) {
      double start = age + grid.moveStartSeconds(j);
      moveAmps[j] = meanAmps(start, start + grid.moveSeconds(j));
    }
  }
}
