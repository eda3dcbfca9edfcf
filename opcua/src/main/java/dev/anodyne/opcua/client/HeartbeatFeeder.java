package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;

/**
 * When the heartbeat is written that keeps a charger's watchdog quiet. A watchdog that trips takes
 * its time, so feeding stops that much before the command in force expires: the charger is at zero
 * when it does, whatever becomes of the link. No current may be fed for ever.
 *
 * <p>A current counts as in force from the moment at which it is sent. As long as it is not sure
 * which of several commands the charger has taken, the one that expires first counts.
 */
final class HeartbeatFeeder {
  private final long periodNanos;
  private final long modulo;
  private final long leadNanos;
  private final boolean isWatchdog;
  private InForce inForce = InForce.NOTHING;
  private InForce beforeSending = InForce.NOTHING;
  private boolean taken;
  private long zeroNanos;
  private boolean zeroBefore;
  private long count;
  private long lastNanos;
  private boolean fedBefore;

  /**
   * What the charger may be acting on.
   *
   * @param isCurrent it may be a current
   * @param untilNanos when that must have ended, on the loop's clock
   */
  private record InForce(boolean isCurrent, long untilNanos) {
    static final InForce NOTHING = new InForce(false, 0);
  }

  HeartbeatFeeder(ChargerLink link, HeartbeatFeed feed) {
    this.periodNanos = link.onLoopClock(feed.period()).toNanos();
    this.modulo = feed.modulo();
    this.isWatchdog = link.expiry() instanceof Expiry.Watchdog;
    this.leadNanos = link.lead().toNanos();
  }

  /** A command goes out: whatever comes of it, its current may be in force from now on. */
  void sent(CurrentCommand command) {
    beforeSending = inForce;
    long until = command.validUntilNanos();
    boolean endsFirst = !inForce.isCurrent() || until - inForce.untilNanos() < 0;
    if (isCurrent(command) && endsFirst) {
      inForce = new InForce(true, until);
    }
  }

  /** The charger has surely not taken what was sent last. */
  void refused() {
    inForce = beforeSending;
  }

  /** The charger has taken a command. Before the first, nothing is fed. */
  void accepted(CurrentCommand command) {
    taken = true;
    inForce = new InForce(isCurrent(command), command.validUntilNanos());
  }

  /** What is not known to be zero is a current. */
  private static boolean isCurrent(CurrentCommand command) {
    return command.chargeCurrentAmps() != 0;
  }

  /**
   * True when it is time for another beat, and one is allowed.
   *
   * @param nowNanos the loop's clock
   */
  boolean isDue(long nowNanos) {
    boolean elapsed = !fedBefore || nowNanos - lastNanos >= periodNanos;
    return elapsed && isAllowed(nowNanos);
  }

  /** True as long as the charger may go on: see the class. */
  boolean isAllowed(long nowNanos) {
    return taken && !hasRunOut(nowNanos);
  }

  /** True when a current is in force that must not go on: no current should be written. */
  boolean hasRunOut(long nowNanos) {
    return isWatchdog && inForce.isCurrent() && inForce.untilNanos() - nowNanos <= leadNanos;
  }

  /** The next value of the counter. */
  long beat(long nowNanos) {
    lastNanos = nowNanos;
    fedBefore = true;
    count = (count + 1) % modulo;
    return count;
  }

  /** Until the next beat, on the loop's clock, ns; for ever while none is allowed. */
  long nanosToNext(long nowNanos) {
    if (!isAllowed(nowNanos)) {
      return Long.MAX_VALUE;
    }
    return fedBefore ? Math.max(0, lastNanos + periodNanos - nowNanos) : 0;
  }

  /**
   * Until no current should be written because one must not go on, on the loop's clock, ns; for
   * ever while none may be in force. A charger that refuses it is asked once a period.
   */
  long nanosToZero(long nowNanos) {
    if (!isWatchdog || !inForce.isCurrent()) {
      return Long.MAX_VALUE;
    }
    long toEnd = Math.max(0, inForce.untilNanos() - leadNanos - nowNanos);
    return zeroBefore ? Math.max(toEnd, zeroNanos + periodNanos - nowNanos) : toEnd;
  }

  /** No current will be written. */
  void zeroOffered(long nowNanos) {
    zeroNanos = nowNanos;
    zeroBefore = true;
  }
}
