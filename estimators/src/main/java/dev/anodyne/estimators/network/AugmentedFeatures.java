package dev.anodyne.estimators.network;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.twin.TwinSignals;

/**
 * Measurements, the twin's state and its innovations at several time scales, and how far apart the
 * pack's cells are.
 */
final class AugmentedFeatures implements FeatureExtractor {
  static final String[] NAMES = {
    "C-rate",
    "C-rate 10 s",
    "C-rate 60 s",
    "C-rate 300 s",
    "Temperature [K]",
    "Temperature spread 60 s [K]",
    "Twin anode potential [V]",
    "Twin anode stoichiometry",
    "Twin anode surface excess",
    "Twin anode surface excess at separator",
    "Twin cathode surface stoichiometry",
    "Twin electrolyte at anode collector [kmol.m-3]",
    "Twin electrolyte at cathode collector [kmol.m-3]",
    "Innovation 10 s [V]",
    "Innovation 60 s [V]",
    "Innovation 300 s [V]",
    "Resistance found [Ohm.A.h]",
    "Resistance drop [V]",
    "Cell voltage spread 30 s [V]",
    "Highest minus mean cell voltage 30 s [V]",
    "Spread resistance [V per C]",
    "Spread at low current [V]",
    "SoC sigma",
    "SoC shift",
    "SoC moved",
    "Twin voltage [V]",
    "Cells in series (log2)",
  };

  private final double ampHours;
  private final int series;
  private final double log2Series;
  private final LowPass rate10 = new LowPass(10);
  private final LowPass rate60 = new LowPass(60);
  private final LowPass rate300 = new LowPass(300);
  private final LowPass kelvinSpread = new LowPass(60);
  private final LowPass innovation10 = new LowPass(10);
  private final LowPass innovation60 = new LowPass(60);
  private final LowPass innovation300 = new LowPass(300);
  private final LowPass spread30 = new LowPass(30);
  private final LowPass excess30 = new LowPass(30);
  private final SpreadByCurrent spreadByCurrent = new SpreadByCurrent();
  private double moved;

  AugmentedFeatures(double ampHours, PackLayout layout) {
    this.ampHours = ampHours;
    this.series = layout.series();
    this.log2Series = Math.log(layout.series()) / Math.log(2.0);
  }

  @Override
  public void update(Measurement m, TwinSignals t, double[] f) {
    if (t.started) {
      restart();
    }
    double dt = t.stepSeconds;
    double rate = t.cellAmps / ampHours;
    moved += rate * dt / 3600.0;
    P2dOutputs o = t.model;
    double spread = m.maxCellVoltageVolts() - m.minCellVoltageVolts();
    double excess = m.maxCellVoltageVolts() - m.voltageVolts() / series;
    spreadByCurrent.update(spread, rate, dt);
    int i = 0;
    f[i++] = rate;
    f[i++] = rate10.update(rate, dt);
    f[i++] = rate60.update(rate, dt);
    f[i++] = rate300.update(rate, dt);
    f[i++] = t.temperatureKelvin;
    f[i++] = kelvinSpread.update(m.maxCellTemperatureKelvin() - m.minCellTemperatureKelvin(), dt);
    f[i++] = o.anodePotentialVolts;
    f[i++] = o.anodeStoichiometry;
    f[i++] = o.anodeSurfaceStoichiometry - o.anodeStoichiometry;
    f[i++] = o.anodeSurfaceStoichiometryAtSeparator - o.anodeSurfaceStoichiometry;
    f[i++] = o.cathodeSurfaceStoichiometry;
    f[i++] = o.electrolyteAtAnodeCollectorMolPerM3 * 1e-3;
    f[i++] = o.electrolyteAtCathodeCollectorMolPerM3 * 1e-3;
    f[i++] = innovation10.update(t.innovationVolts, dt);
    f[i++] = innovation60.update(t.innovationVolts, dt);
    f[i++] = innovation300.update(t.innovationVolts, dt);
    f[i++] = t.resistanceOhm * ampHours;
    f[i++] = t.resistanceOhm * t.cellAmps;
    f[i++] = spread30.update(spread, dt);
    f[i++] = excess30.update(excess, dt);
    f[i++] = spreadByCurrent.slope();
    f[i++] = spreadByCurrent.intercept();
    f[i++] = t.socSigma;
    f[i++] = t.socShiftSum;
    f[i++] = moved;
    f[i++] = o.voltageVolts;
    f[i] = log2Series;
  }

  private void restart() {
    rate10.reset();
    rate60.reset();
    rate300.reset();
    kelvinSpread.reset();
    innovation10.reset();
    innovation60.reset();
    innovation300.reset();
    spread30.reset();
    excess30.reset();
    spreadByCurrent.reset();
    moved = 0.0;
  }
}
