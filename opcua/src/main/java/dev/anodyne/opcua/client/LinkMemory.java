package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was last heard of a charger and when. A frozen server goes on answering with good status, so
 * the state of the link is judged here, when somebody asks, by an own clock that only a moving
 * heartbeat sets back. Values that arrive with a heartbeat that stands still are not taken as new.
 */
final class LinkMemory {
  /** The counter has never been seen. */
  private static final long NEVER = -1;

  /** Everything in one immutable object, so that a reader never sees half of a change. */
  private record Heard(
      LinkState link,
      ChargerImage image,
      long heartbeat,
      long heartbeatMovedNanos,
      long answeredNanos,
      long staleNanos,
      String staleTag,
      String reason,
      String writeProblem) {
    Heard with(LinkState newLink, String newReason) {
      return new Heard(
          newLink, image, NEVER, heartbeatMovedNanos, answeredNanos, 0, "", newReason, "");
    }

    /** A tag's own clock has run out, although the heartbeat may go on. */
    boolean isTagStale(long now) {
      return !staleTag.isEmpty() && now - staleNanos > 0;
    }
  }

  private final NanoClock loopClock;
  private final NanoClock machineClock;
  private final long stalenessNanos;
  private volatile Heard heard;

  /** Whoever guards a charge asks tens of times a second, and mostly nothing is new. */
  private volatile @Nullable Shown shown;

  /** What was said of something heard while it was fresh. */
  private record Shown(Heard heard, ChargerStatus status) {}

  /**
   * Starts with nothing heard.
   *
   * @param loopClock stamps the measurements
   * @param machineClock judges staleness: the network's time, whatever a simulation's speed
   * @param staleness how long the heartbeat may stand still
   */
  LinkMemory(NanoClock loopClock, NanoClock machineClock, Duration staleness) {
    this.loopClock = loopClock;
    this.machineClock = machineClock;
    this.stalenessNanos = staleness.toNanos();
    ChargerImage nothing =
        new ChargerImage(
            new Measurement(
                loopClock.nanoTime(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Quality.BAD),
            ChargerCapabilities.UNKNOWN,
            BatteryLimits.UNKNOWN,
            false,
            Set.of());
    long now = machineClock.nanoTime();
    this.heard =
        new Heard(LinkState.CONNECTING, nothing, NEVER, now, now, 0, "", "Not connected yet.", "");
  }

  /** A session is open; values count from the first move of the heartbeat on. */
  synchronized void connected() {
    heard = heard.with(LinkState.CONNECTING, "Connected; waiting for the first fresh values.");
    alive();
  }

  /** The session is gone, or could not be made. */
  synchronized void lost(String reason) {
    heard = heard.with(LinkState.DOWN, reason);
  }

  /** An answer has arrived. */
  synchronized void answered(TagValues values) {
    Heard before = heard;
    if (before.link == LinkState.DOWN) {
      return;
    }
    long now = machineClock.nanoTime();
    long heartbeat = values.beat();
    boolean moved = heartbeat != NEVER && heartbeat != before.heartbeat;
    boolean seenBefore = before.heartbeat != NEVER;
    // Between two beats a new value is as good as one with a beat, but it does not stand for one.
    boolean between =
        values.moved()
            && before.link == LinkState.UP
            && now - before.heartbeatMovedNanos <= stalenessNanos;
    ChargerImage image =
        moved && seenBefore || between
            ? ChargerImage.fromTags(values.values(), loopClock.nanoTime(), values.measuredQuality())
            : before.image;
    heard =
        new Heard(
            moved && seenBefore ? LinkState.UP : before.link,
            image,
            moved ? heartbeat : before.heartbeat,
            moved ? now : before.heartbeatMovedNanos,
            now,
            values.staleNanos(),
            values.staleTag(),
            before.reason,
            before.writeProblem);
  }

  /** The server has said that nothing has changed. */
  synchronized void alive() {
    Heard h = heard;
    heard =
        new Heard(
            h.link,
            h.image,
            h.heartbeat,
            h.heartbeatMovedNanos,
            machineClock.nanoTime(),
            h.staleNanos,
            h.staleTag,
            h.reason,
            h.writeProblem);
  }

  /** How long nothing at all has come from the server, ns. */
  long silentNanos() {
    return machineClock.nanoTime() - heard.answeredNanos;
  }

  /** A new tick of a lock-step clock has arrived: its values are fresh by definition. */
  synchronized void ticked(TagValues values) {
    long now = machineClock.nanoTime();
    ChargerImage image =
        ChargerImage.fromTags(values.values(), loopClock.nanoTime(), values.measuredQuality());
    long heartbeat = values.counter(ChargerTag.HEARTBEAT);
    heard = new Heard(LinkState.UP, image, heartbeat, now, now, 0, "", "", heard.writeProblem);
  }

  /** The link stands, but nothing new came in time. */
  synchronized void quiet(String reason) {
    heard = heard.with(LinkState.STALE, reason);
  }

  /** What came of the last write; empty when the charger took it. */
  synchronized void wrote(String problem) {
    Heard h = heard;
    heard =
        new Heard(
            h.link,
            h.image,
            h.heartbeat,
            h.heartbeatMovedNanos,
            h.answeredNanos,
            h.staleNanos,
            h.staleTag,
            h.reason,
            problem);
  }

  /** The state of the link and the newest values, judged now. Never blocks. */
  ChargerStatus status() {
    Heard h = heard;
    return switch (h.link) {
      case UP -> up(h);
      case CONNECTING, STALE, DOWN -> status(h, h.link, Quality.BAD, h.reason);
    };
  }

  private ChargerStatus up(Heard h) {
    long now = machineClock.nanoTime();
    long quietNanos = now - h.heartbeatMovedNanos;
    if (quietNanos <= stalenessNanos) {
      if (h.isTagStale(now)) {
        String reason = "The charger's " + h.staleTag + " has not been renewed in time.";
        return status(h, LinkState.STALE, Quality.UNCERTAIN, reason);
      }
      Shown last = shown;
      if (last == null || last.heard != h) {
        Quality quality = h.image.measurement().quality();
        last = new Shown(h, status(h, LinkState.UP, quality, h.writeProblem));
        shown = last;
      }
      return last.status;
    }
    // Answers come at least twice within the staleness limit.
    boolean answers = now - h.answeredNanos <= stalenessNanos / 2;
    String reason =
        String.format(
            answers
                ? "The charger answers, but its values have stood still for %.1f s."
                : "The charger has not answered for %.1f s.",
            quietNanos * 1e-9);
    return status(h, LinkState.STALE, Quality.UNCERTAIN, reason);
  }

  private static ChargerStatus status(Heard h, LinkState link, Quality quality, String reason) {
    Measurement measurement = h.image.measurement();
    Quality worst = quality.compareTo(measurement.quality()) > 0 ? quality : measurement.quality();
    return new ChargerStatus(
        link,
        measurement.withQuality(worst),
        h.image.capabilities(),
        h.image.batteryLimits(),
        h.image.vehicleConnected(),
        faults(h),
        reason,
        h.image.thermal());
  }

  /** A charger that does not take its set-points cannot be controlled: that is a fault. */
  private static Set<ChargerFault> faults(Heard h) {
    if (h.writeProblem.isEmpty()) {
      return h.image.faults();
    }
    EnumSet<ChargerFault> faults = EnumSet.of(ChargerFault.COMMUNICATION_FAULT);
    faults.addAll(h.image.faults());
    return faults;
  }
}
