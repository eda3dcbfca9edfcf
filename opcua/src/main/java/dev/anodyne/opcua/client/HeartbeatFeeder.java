package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import org.jspecify.annotations.Nullable;

/**
 * When the heartbeat is written that keeps a charger's watchdog quiet. A watchdog that trips takes
 * its time, so feeding stops that much before the command in force expires: the charger is at zero
 * when it does, whatever becomes of the link. No current may be fed for ever.
 */
final class HeartbeatFeeder {
  private final long periodNanos;
  private final long modulo;
  private final long leadNanos;
  private final boolean isWatchdog;
  private @Nullable CurrentCommand inForce;
  private long count;
  private long lastNanos;
  private boolean fedBefore;

  HeartbeatFeeder(ChargerLink link, HeartbeatFeed feed) {
    this.periodNanos = link.onLoopClock(feed.period()).toNanos();
    this.modulo = feed.modulo();
    this.isWatchdog = link.expiry() instanceof Expiry.Watchdog;
    this.leadNanos = link.lead().toNanos();
  }

  /** The charger has taken a command. Before the first, nothing is fed. */
  void accepted(CurrentCommand command) {
    inForce = command;
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
    CurrentCommand command = inForce;
    return command != null
        && (!isWatchdog
            || command.chargeCurrentAmps() == 0
            || command.validUntilNanos() - nowNanos > leadNanos);
  }

  /** True when a current is in force that must not go on: no current should be written. */
  boolean hasRunOut(long nowNanos) {
    return inForce != null && !isAllowed(nowNanos);
  }

  /** The next value of the counter. */
  long beat(long nowNanos) {
    lastNanos = nowNanos;
    fedBefore = true;
    count = (count + 1) % modulo;
    return count;
  }

  /** Until the next beat, on the loop's clock, ns. */
  long nanosToNext(long nowNanos) {
    return fedBefore ? Math.max(0, lastNanos + periodNanos - nowNanos) : 0;
  }
}
