package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.unplugged;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;

import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A charger that draws what it is told, can lose its link or fall silent, and notes every command.
 */
final class FakeCharger implements Charger {
  /** A command and when it came, in seconds of the loop. */
  record Applied(double seconds, CurrentCommand command) {}

  private final NanoClock clock;
  private final List<Applied> applied = new CopyOnWriteArrayList<>();
  private volatile LinkState link = LinkState.UP;
  private volatile boolean plugged = true;
  private volatile double silentSince = Double.NaN;
  private volatile double amps;
  private volatile double cellVolts = Double.NaN;
  private volatile boolean closed;
  private volatile double ampsAtClose = Double.NaN;

  FakeCharger(NanoClock clock) {
    this.clock = clock;
  }

  double seconds() {
    return clock.nanoTime() * 1e-9;
  }

  void setLink(LinkState newLink) {
    link = newLink;
  }

  void setPlugged(boolean isPlugged) {
    plugged = isPlugged;
  }

  /** Another battery: all its cells at this voltage, whatever flows, V. */
  void setCellVolts(double volts) {
    cellVolts = volts;
  }

  private Measurement sampled(double now) {
    Measurement m = sample(now, amps);
    double shift = Double.isNaN(cellVolts) ? 0 : cellVolts - 3.9;
    return new Measurement(
        m.timeNanos(),
        m.chargeCurrentAmps(),
        m.voltageVolts() + 4 * shift,
        m.surfaceTemperatureKelvin(),
        m.minCellVoltageVolts() + shift,
        m.maxCellVoltageVolts() + shift,
        m.minCellTemperatureKelvin(),
        m.maxCellTemperatureKelvin(),
        m.quality());
  }

  void fallSilent(boolean silent) {
    silentSince = silent ? seconds() : Double.NaN;
  }

  List<Applied> applied() {
    return applied;
  }

  double amps() {
    return amps;
  }

  boolean isClosed() {
    return closed;
  }

  double ampsAtClose() {
    return ampsAtClose;
  }

  @Override
  public ChargerStatus status() {
    // Samples come ten times a second.
    double now = Math.floor((Double.isNaN(silentSince) ? seconds() : silentSince) * 10) / 10;
    var image = plugged ? up(sampled(now)) : unplugged(up(sampled(now)));
    return with(image, link, link == LinkState.UP ? "" : "The cable is out.");
  }

  @Override
  public void apply(CurrentCommand command) {
    amps = command.chargeCurrentAmps();
    applied.add(new Applied(seconds(), command));
  }

  @Override
  public void close() {
    ampsAtClose = amps;
    closed = true;
  }
}
