package dev.anodyne.opcua.server.shield;

/**
 * Lets so many units a second pass, and a number of them at once after a rest. Not safe for several
 * threads.
 */
public final class TokenBucket {
  private final double perSecond;
  private final double burst;
  private double units;
  private long asOfNanos;

  /**
   * A full bucket.
   *
   * @param perSecond units that come back each second, above 0
   * @param burst units that it holds, at least 1
   * @param nowNanos of a monotonic clock, ns
   */
  public TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.units = burst;
    this.asOfNanos = nowNanos;
  }

  /**
   * Takes units if they are there.
   *
   * @param wanted more than the burst counts as the burst: it passes when nothing else does
   * @return 0 when they were taken, else how long to wait before asking again, ns
   */
  public long take(double wanted, long nowNanos) {
    refill(nowNanos);
    double needed = Math.min(wanted, burst);
    if (units >= needed) {
      units -= needed;
      return 0;
    }
    return Math.max(1, (long) ((needed - units) / perSecond * 1e9));
  }

  /** True when nothing has been taken for a while: such a bucket may be forgotten. */
  public boolean isFull(long nowNanos) {
    refill(nowNanos);
    return units >= burst;
  }

  private void refill(long nowNanos) {
    double passed = Math.max(0, nowNanos - asOfNanos) * 1e-9;
    units = Math.min(burst, units + passed * perSecond);
    asOfNanos = nowNanos;
  }
}
