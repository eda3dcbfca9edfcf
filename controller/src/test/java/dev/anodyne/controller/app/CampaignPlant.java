package dev.anodyne.controller.app;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.opcua.model.ChargerImage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A plant that follows its command at once and knows when each command really expires: every
 * command has a current of its own. Its lowest cell voltage tells when a sample was taken.
 */
final class CampaignPlant implements BenchPlant {
  /** One of these is a millivolt of the lowest cell; the range of 10 V lasts for 500 s. */
  private static final long TICK_NANOS = 50_000_000;

  private final long beginNanos = System.nanoTime();
  private final Map<Long, Long> expiries = new ConcurrentHashMap<>();
  private double amps;
  private volatile double drawnAmps;
  private volatile long latestNanos = Long.MIN_VALUE;
  private volatile String violation = "";

  /** Takes note of a command before it is handed over. */
  void expect(CurrentCommand command) {
    expiries.put(key(command.chargeCurrentAmps()), command.validUntilNanos());
  }

  /** The current that flows now, A. */
  double drawnAmps() {
    return drawnAmps;
  }

  /** How long after its expiry a command was still acted on, at most, ns; negative: before it. */
  long latestNanos() {
    return latestNanos;
  }

  /** A current that nobody ever asked for; empty when there was none. */
  String violation() {
    return violation;
  }

  /** How old this sample was at a time, ns. */
  long ageNanos(Measurement sample, long atNanos) {
    long tick = Math.round(sample.minCellVoltageVolts() * 1000);
    return atNanos - beginNanos - tick * TICK_NANOS;
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    amps = command.isExpiredAt(nowNanos) ? 0 : command.chargeCurrentAmps();
    drawnAmps = amps;
    if (amps > 0) {
      Long expiry = expiries.get(key(amps));
      if (expiry == null) {
        violation = amps + " A were never asked for";
      } else {
        // On the clock on which the controller has said when the command ends, not on the bench's
        // own, which stands still with its machine. What is drawn now flows until the next step.
        long until = System.nanoTime() + Math.round(dtSeconds * 1e9);
        latestNanos = Math.max(latestNanos, until - expiry);
      }
    }
  }

  @Override
  public ChargerImage image(long nowNanos) {
    double stamp = (System.nanoTime() - beginNanos) / TICK_NANOS * 0.001;
    return new ChargerImage(
        new Measurement(nowNanos, amps, 15.5, 298.15, stamp, 3.9, 298.1, 298.2, Quality.GOOD),
        new ChargerCapabilities(10, 50, 300, 15_000, 300),
        new BatteryLimits(300, 16.8, 4.2, 318.15, 4_000),
        true,
        Set.of());
  }

  /** The wire carries hundredths of an ampere. */
  private static long key(double amps) {
    return Math.round(amps * 100);
  }

  @Override
  public void setBatteryLimits(BatteryLimits limits) {}

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {}

  @Override
  public void setFault(ChargerFault fault, boolean present) {}

  @Override
  public void setConnected(boolean connected) {}
}
