package dev.anodyne.hil.scenario;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.fault.Wire;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The line to a controller in the same process, with the faults of the real one: what a client
 * would make of them is what the controller gets. Times are the plant's. Not thread-safe.
 */
final class InProcessLine implements Wire {
  private final Map<ChargerTag, Quality> qualities = new EnumMap<>(ChargerTag.class);
  private final Deque<Late> late = new ArrayDeque<>();
  private boolean timestampsFrozen;
  private boolean valuesFrozen;
  private boolean stalled;
  private boolean serverDown;
  private double refuseSeconds;
  private long refusedUntilNanos = Long.MIN_VALUE;
  private boolean writesIgnored;
  private double writeDelaySeconds;
  private @Nullable ChargerStatus last;
  private CurrentCommand inForce = CurrentCommand.zero(0);

  /** A command on its way. */
  private record Late(CurrentCommand command, long dueNanos) {}

  @Override
  public void setQuality(Set<ChargerTag> tags, Quality quality) {
    tags.forEach(tag -> qualities.put(tag, quality));
  }

  @Override
  public void setTimestampsFrozen(boolean frozen) {
    timestampsFrozen = frozen;
  }

  @Override
  public void setValuesFrozen(boolean frozen) {
    valuesFrozen = frozen;
  }

  @Override
  public void setStalled(boolean isStalled) {
    stalled = isStalled;
  }

  /** In process the plant's time counts. */
  @Override
  public void dropSessions(double seconds) {
    refuseSeconds = seconds;
  }

  @Override
  public void setServerUp(boolean up) {
    serverDown = !up;
  }

  @Override
  public void setWritesIgnored(boolean ignored) {
    writesIgnored = ignored;
  }

  @Override
  public void setWriteDelay(double seconds) {
    writeDelaySeconds = seconds;
  }

  /** What gets through to the controller. */
  ChargerStatus status(ChargerImage image, boolean solved, long nowNanos) {
    if (refuseSeconds > 0) {
      refusedUntilNanos = nowNanos + Math.round(refuseSeconds * 1e9);
      refuseSeconds = 0;
    }
    ChargerStatus old = last;
    ChargerStatus fresh = fresh(image, old);
    if (isCut(nowNanos) || !solved) {
      return told(
          old == null ? fresh : old,
          LinkState.DOWN,
          solved ? "The charger is not reachable." : "The plant's equations have no solution.");
    }
    if (stalled) {
      return told(old == null ? fresh : old, LinkState.STALE, "Nothing is answered.");
    }
    if (valuesFrozen && old != null) {
      return old;
    }
    last = fresh;
    return fresh;
  }

  /** The command that the charger holds after the controller gave one. */
  CurrentCommand command(CurrentCommand given, long nowNanos) {
    boolean cut = isCut(nowNanos) || stalled;
    if (!cut && !writesIgnored) {
      late.add(new Late(given, nowNanos + Math.round(writeDelaySeconds * 1e9)));
    }
    while (!late.isEmpty() && late.peekFirst().dueNanos() <= nowNanos) {
      inForce = late.removeFirst().command();
    }
    return inForce;
  }

  private boolean isCut(long nowNanos) {
    return serverDown || nowNanos < refusedUntilNanos;
  }

  private ChargerStatus fresh(ChargerImage image, @Nullable ChargerStatus old) {
    Measurement read = image.measurement();
    Measurement told = read.withQuality(quality(read.quality()));
    if (timestampsFrozen && old != null) {
      told = at(told, old.measurement().timeNanos());
    }
    return new ChargerStatus(
        LinkState.UP,
        told,
        image.capabilities(),
        image.batteryLimits(),
        image.vehicleConnected(),
        image.faults(),
        "",
        image.thermal());
  }

  private Quality quality(Quality read) {
    if (read == Quality.BAD || qualities.containsValue(Quality.BAD)) {
      return Quality.BAD;
    }
    return qualities.containsValue(Quality.UNCERTAIN) ? Quality.UNCERTAIN : read;
  }

  private static Measurement at(Measurement m, long timeNanos) {
    return new Measurement(
        timeNanos,
        m.chargeCurrentAmps(),
        m.voltageVolts(),
        m.surfaceTemperatureKelvin(),
        m.minCellVoltageVolts(),
        m.maxCellVoltageVolts(),
        m.minCellTemperatureKelvin(),
        m.maxCellTemperatureKelvin(),
        m.quality());
  }

  private static ChargerStatus told(ChargerStatus old, LinkState link, String reason) {
    Measurement aged = old.measurement();
    Quality quality = aged.quality() == Quality.BAD ? Quality.BAD : Quality.UNCERTAIN;
    return new ChargerStatus(
        link,
        aged.withQuality(quality),
        old.capabilities(),
        old.batteryLimits(),
        old.vehicleConnected(),
        old.faults(),
        reason,
        old.thermal());
  }
}
