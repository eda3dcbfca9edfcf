package dev.anodyne.controller.cluster;

import dev.anodyne.core.charging.NanoClock;

/**
 * One node's right to drive one connector, as this process may count on it. Times are on the
 * machine's monotonic clock, which goes on while the process is stopped. Thread-safe.
 */
public final class Lease {
  /**
   * The last part of the lease, in which nothing goes out any more: for what a command takes to its
   * charger, and for the database's clock and this machine's going apart.
   */
  private static final double SILENT_SHARE = 0.1;

  /** The last part of the lease, in which no current is commanded: it was not renewed in time. */
  private static final double ZERO_SHARE = 0.4;

  private final String connector;
  private final long fencing;
  private final long leaseNanos;
  private final long fromNanos;
  private final NanoClock clock;
  private volatile long untilNanos;
  private volatile boolean ended;

  /** What may be sent at an instant. */
  public enum Right {
    /** Nothing yet: a command of the last holder may still hold. */
    NOT_YET,
    /** Everything. */
    ALL,
    /** Only that no current is to flow. */
    ZERO_ONLY,
    /** Nothing any more. */
    NOTHING
  }

  /**
   * A lease that has just been taken.
   *
   * @param fencing its number; above those of all holders before
   * @param leaseNanos how long one renewal lasts, ns
   * @param askedNanos when the database was asked for it
   * @param waitNanos how long from now on the last holder's command may hold, ns
   */
  Lease(
      String connector,
      long fencing,
      long leaseNanos,
      long askedNanos,
      long waitNanos,
      NanoClock clock) {
    this.connector = connector;
    this.fencing = fencing;
    this.leaseNanos = leaseNanos;
    this.clock = clock;
    this.untilNanos = askedNanos + leaseNanos;
    this.fromNanos = clock.nanoTime() + waitNanos;
  }

  /** The connector that it is for. */
  public String connector() {
    return connector;
  }

  /** Its fencing number. */
  public long fencing() {
    return fencing;
  }

  /**
   * The database has renewed it.
   *
   * @param askedNanos when it was asked to
   */
  void renewed(long askedNanos) {
    untilNanos = askedNanos + leaseNanos;
  }

  /** It is over, whatever its time says: somebody else has it, or it is given back. */
  void end() {
    ended = true;
  }

  /** Whether it can never be used again by this process. */
  boolean isOver() {
    return ended || clock.nanoTime() - untilNanos >= 0;
  }

  /** What may be sent now. */
  public Right right() {
    long now = clock.nanoTime();
    long left = untilNanos - now;
    if (ended || left <= SILENT_SHARE * leaseNanos) {
      return Right.NOTHING;
    } else if (now - fromNanos < 0) {
      return Right.NOT_YET;
    }
    return left <= ZERO_SHARE * leaseNanos ? Right.ZERO_ONLY : Right.ALL;
  }

  /** How long from now on a command may hold at most, ns; 0 when nothing may be sent. */
  public long silentInNanos() {
    long left = untilNanos - clock.nanoTime() - Math.round(SILENT_SHARE * leaseNanos);
    return ended ? 0 : Math.max(0, left);
  }
}
