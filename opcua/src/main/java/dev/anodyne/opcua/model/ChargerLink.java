package dev.anodyne.opcua.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How one model of charger wants to be talked to, apart from its nodes.
 *
 * @param mode who asks for values
 * @param period how often values come or are read; empty: a quarter of the control period
 * @param expiry how a command ends when nothing more is heard from here
 * @param onReconnect what is written first in every session
 * @param feed the counter that shows the charger that its controller lives
 * @param confirmWithin how long the charger may take to confirm a write. A command's validity is
 *     shortened by it and a connection that exceeds it is cut, so that a write which the network
 *     held back cannot act after the command has expired; empty: only the request's time-out counts
 * @param speed seconds of the loop's clock, on which commands expire, in one of the charger's own;
 *     1 except on benches that run faster
 */
public record ChargerLink(
    Mode mode,
    Optional<Duration> period,
    Expiry expiry,
    OnReconnect onReconnect,
    Optional<HeartbeatFeed> feed,
    Optional<Duration> confirmWithin,
    double speed) {

  /** Polling, expiry by {@code Setpoint.ValidForMillis}, nothing written by itself. */
  public static final ChargerLink PLAIN =
      new ChargerLink(
          Mode.POLL,
          Optional.empty(),
          new Expiry.ValidFor(),
          OnReconnect.WAIT,
          Optional.empty(),
          Optional.empty(),
          1);

  /** How long a charger may take to confirm a write unless something else is said. */
  public static final Duration USUAL_CONFIRM = Duration.ofMillis(500);

  /** Between the end of that time and the cut, a busy machine may need this long. */
  public static final Duration CUT = Duration.ofMillis(100);

  public ChargerLink {
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Speed " + speed + " must be above 0.");
    }
    if (expiry instanceof Expiry.Watchdog && feed.isEmpty()) {
      throw new IllegalArgumentException(
          "Expiry by the charger's watchdog needs a heartbeat that is written.");
    }
    if (expiry instanceof Expiry.Watchdog watchdog
        && feed.orElseThrow().period().multipliedBy(2).compareTo(watchdog.timeout()) > 0) {
      throw new IllegalArgumentException(
          "Heartbeat period "
              + feed.orElseThrow().period().toMillis()
              + " ms is too long for a watchdog of "
              + watchdog.timeout().toMillis()
              + " ms: it must be at most half of it.");
    }
    if (expiry instanceof Expiry.Watchdog && onReconnect != OnReconnect.ZERO) {
      throw new IllegalArgumentException(
          "With expiry by the charger's watchdog no current must be written at every connection:"
              + " the charger may still hold an old set-point when its watchdog is fed again.");
    }
  }

  /** Who asks for values. */
  public enum Mode {
    /** All values in one request, every period. */
    POLL,
    /** The server sends what has changed, every period. */
    SUBSCRIBE
  }

  /** What is written first in every session, before a decision has been made in it. */
  public enum OnReconnect {
    /** Nothing: an old command runs out by itself. */
    WAIT,
    /** No current. */
    ZERO
  }

  /** How a command ends when nothing more is heard from here. */
  public sealed interface Expiry {
    /** The charger is told with every command how long it holds. */
    record ValidFor() implements Expiry {}

    /**
     * The charger goes to zero when the heartbeat has stood still. It is fed only as long as a stop
     * of the feeding still takes effect before the command expires.
     *
     * @param timeout from the last move of the heartbeat to no current
     */
    record Watchdog(Duration timeout) implements Expiry {
      public Watchdog {
        requirePositive("Watchdog's timeout", timeout);
      }
    }
  }

  /**
   * A counter that is written again and again.
   *
   * @param node where to
   * @param type its data type; empty: the server is asked
   * @param period how often
   * @param modulo the counter runs from 0 to one less
   */
  public record HeartbeatFeed(
      NodeAddress node, Optional<WireType> type, Duration period, long modulo) {
    public HeartbeatFeed {
      requirePositive("Heartbeat's period", period);
      if (modulo < 2) {
        throw new IllegalArgumentException(
            "Heartbeat's modulo is " + modulo + "; it must be at least 2, or nothing moves.");
      }
    }
  }

  /**
   * How long before its expiry a command must not act any more for the charger to be at zero when
   * it expires, on the loop's clock: what a late arrival and the charger's watchdog add.
   */
  public Duration lead() {
    Duration confirm = confirmWithin.map(within -> within.plus(CUT)).orElse(Duration.ZERO);
    return onLoopClock(
        expiry instanceof Expiry.Watchdog watchdog ? watchdog.timeout().plus(confirm) : confirm);
  }

  /**
   * What a command must be valid for in addition to the time between decisions, on the loop's
   * clock: the lead, and the pause between two beats.
   */
  public Duration reserve() {
    return expiry instanceof Expiry.Watchdog
        ? lead().plus(onLoopClock(feed.orElseThrow().period()))
        : lead();
  }

  /** A duration of the charger's clock on the loop's. */
  public Duration onLoopClock(Duration duration) {
    return Duration.ofNanos(Math.round(duration.toNanos() * speed));
  }

  /** The same link on which a write has to be confirmed in time. */
  public ChargerLink confirmedWithin(Duration within) {
    return new ChargerLink(mode, period, expiry, onReconnect, feed, Optional.of(within), speed);
  }

  /** The same link with something else written first. */
  public ChargerLink beginningWith(OnReconnect first) {
    return new ChargerLink(mode, period, expiry, first, feed, confirmWithin, speed);
  }

  /** The same link seen from a loop whose clock runs faster. */
  public ChargerLink atSpeed(double newSpeed) {
    return new ChargerLink(mode, period, expiry, onReconnect, feed, confirmWithin, newSpeed);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          name + " is " + duration.toMillis() + " ms; it must be above 0.");
    }
  }
}
