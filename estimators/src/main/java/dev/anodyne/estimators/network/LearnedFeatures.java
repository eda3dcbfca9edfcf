package dev.anodyne.estimators.network;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.twin.TwinSignals;

/**
 * Windows of current, voltage and temperature only, no model. The twin is read for the time step
 * and the cell current alone.
 */
final class LearnedFeatures implements FeatureExtractor {
  static final String[] NAMES = {
    "C-rate",
    "C-rate 3 s",
    "C-rate 10 s",
    "C-rate 30 s",
    "C-rate 100 s",
    "C-rate 300 s",
    "C-rate 1000 s",
    "C-rate 3000 s",
    "Voltage [V]",
    "Voltage change 3 s [V]",
    "Voltage change 10 s [V]",
    "Voltage change 30 s [V]",
    "Voltage change 100 s [V]",
    "Voltage change 300 s [V]",
    "Voltage change 1000 s [V]",
    "Voltage change 3000 s [V]",
    "Response 10 s [V per C]",
    "Response 60 s [V per C]",
    "Response 300 s [V per C]",
    "First voltage [V]",
    "C-rate at first voltage",
    "SoC moved",
    "Temperature 20 s [K]",
    "Temperature change 300 s [K]",
    "Temperature spread 60 s [K]",
    "Cell voltage spread 30 s [V]",
    "Highest minus mean cell voltage 30 s [V]",
    "Spread resistance [V per C]",
    "Spread at low current [V]",
    "Cells in series (log2)",
  };

  private static final double[] WINDOWS = {3, 10, 30, 100, 300, 1000, 3000};

  private final double ampHours;
  private final int series;
  private final double log2Series;
  private final LowPass[] rates = new LowPass[WINDOWS.length];
  private final LowPass[] volts = new LowPass[WINDOWS.length];
  private final ResponseToCurrent[] responses = {
    new ResponseToCurrent(10), new ResponseToCurrent(60), new ResponseToCurrent(300)
  };
  private final LowPass kelvin20 = new LowPass(20);
  private final LowPass kelvin300 = new LowPass(300);
  private final LowPass kelvinSpread = new LowPass(60);
  private final LowPass spread30 = new LowPass(30);
  private final LowPass excess30 = new LowPass(30);
  private final SpreadByCurrent spreadByCurrent = new SpreadByCurrent();
  private double firstVolts;
  private double firstRate;
  private double moved;

  LearnedFeatures(double ampHours, PackLayout layout) {
    this.ampHours = ampHours;
    this.series = layout.series();
    this.log2Series = Math.log(layout.series()) / Math.log(2.0);
    for (int i = 0; i < WINDOWS.length; i++) {
      rates[i] = new LowPass(WINDOWS[i]);
      volts[i] = new LowPass(WINDOWS[i]);
    }
  }

  @Override
  public void update(Measurement m, TwinSignals t, double[] f) {
    double rate = t.cellAmps / ampHours;
    double v = m.maxCellVoltageVolts();
    if (t.started) {
      restart(v, rate);
    }
    double dt = t.stepSeconds;
    moved += rate * dt / 3600.0;
    double spread = v - m.minCellVoltageVolts();
    spreadByCurrent.update(spread, rate, dt);
    int i = 0;
    f[i++] = rate;
    for (LowPass filter : rates) {
      f[i++] = filter.update(rate, dt);
    }
    f[i++] = v;
    for (LowPass filter : volts) {
      f[i++] = v - filter.update(v, dt);
    }
    for (ResponseToCurrent response : responses) {
      f[i++] = response.update(v, rate, dt);
    }
    f[i++] = firstVolts;
    f[i++] = firstRate;
    f[i++] = moved;
    double kelvin = kelvin20.update(m.surfaceTemperatureKelvin(), dt);
    f[i++] = kelvin;
    f[i++] = kelvin - kelvin300.update(m.surfaceTemperatureKelvin(), dt);
    f[i++] = kelvinSpread.update(m.maxCellTemperatureKelvin() - m.minCellTemperatureKelvin(), dt);
    f[i++] = spread30.update(spread, dt);
    f[i++] = excess30.update(v - m.voltageVolts() / series, dt);
    f[i++] = spreadByCurrent.slope();
    f[i++] = spreadByCurrent.intercept();
    f[i] = log2Series;
  }

  private void restart(double v, double rate) {
    for (int i = 0; i < WINDOWS.length; i++) {
      rates[i].reset();
      volts[i].reset();
    }
    for (ResponseToCurrent response : responses) {
      response.reset();
    }
    kelvin20.reset();
    kelvin300.reset();
    kelvinSpread.reset();
    spread30.reset();
    excess30.reset();
    spreadByCurrent.reset();
    firstVolts = v;
    firstRate = rate;
    moved = 0.0;
  }
}
