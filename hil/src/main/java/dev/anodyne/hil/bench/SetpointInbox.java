package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * Turns written set-points into the command in force. Validity arrives as a duration and begins to
 * run, on the plant's clock, when the plant takes the command up: at most one step after it was
 * written. Writing the current makes a new command from all three values; writing the voltage
 * ceiling alone changes the command in force but does not prolong it.
 */
final class SetpointInbox {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Set-points of one request that do not count yet. */
  private record Late(long dueNanos, Map<ChargerTag, Object> values) {}

  private final ArrayDeque<Late> late = new ArrayDeque<>();
  private boolean ignoring;
  private long delayNanos;
  private long newestNanos;
  private double currentAmps;
  private double ceilingVolts;
  private long validForMillis;
  private double writtenHeatWatts;
  private double heatWatts;
  private boolean fresh;
  private long answeredTick = -1;
  private CurrentCommand inForce = CurrentCommand.zero(0);

  /** Takes in one write request; called on a server thread. */
  synchronized void write(Map<ChargerTag, Object> values) {
    if (delayNanos > 0 || !late.isEmpty()) {
      late.add(new Late(newestNanos + delayNanos, values));
    } else if (!ignoring) {
      follow(values);
    }
    if (values.get(ChargerTag.CLOCK_DONE) instanceof Number tick) {
      answeredTick = tick.longValue();
      notifyAll();
    }
  }

  /** Takes set-points and forgets them, or follows them again. */
  synchronized void setIgnoring(boolean ignores) {
    ignoring = ignores;
  }

  /** Lets set-points count later on the plant's clock, ns; 0 at once, after those under way. */
  synchronized void setDelay(long nanos) {
    delayNanos = nanos;
  }

  private void follow(Map<ChargerTag, Object> values) {
    if (values.get(ChargerTag.SETPOINT_VOLTAGE_CEILING) instanceof Number volts) {
      ceilingVolts = volts.doubleValue();
    }
    if (values.get(ChargerTag.SETPOINT_VALID_FOR) instanceof Number millis) {
      validForMillis = millis.longValue();
    }
    if (values.get(ChargerTag.SETPOINT_HEAT) instanceof Number watts) {
      writtenHeatWatts = watts.doubleValue();
    }
    if (values.get(ChargerTag.SETPOINT_CURRENT) instanceof Number amps) {
      currentAmps = amps.doubleValue();
      heatWatts = writtenHeatWatts;
      fresh = true;
    }
  }

  /** The command in force from now on; called by the plant's thread before each step. */
  synchronized CurrentCommand take(long nowNanos) {
    newestNanos = nowNanos;
    for (Late next = late.peek(); next != null && next.dueNanos() <= nowNanos; next = late.peek()) {
      late.remove();
      if (!ignoring) {
        follow(next.values());
      }
    }
    long validUntil =
        fresh ? nowNanos + validForMillis * NANOS_PER_MILLI : inForce.validUntilNanos();
    inForce =
        new CurrentCommand(
            fresh ? currentAmps : inForce.chargeCurrentAmps(), ceilingVolts, validUntil);
    fresh = false;
    return inForce;
  }

  /** What heater and cooler are to do: as long as the command that it came with. */
  synchronized ThermalCommand heat() {
    return new ThermalCommand(heatWatts, inForce.validUntilNanos());
  }

  /** Waits until this tick has been answered. */
  synchronized void awaitAnswer(long tick) throws InterruptedException {
    while (answeredTick != tick) {
      wait();
    }
  }
}
