package dev.anodyne.estimators.network;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.twin.FilteredState;
import dev.anodyne.estimators.twin.TwinSignals;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The windows of measurements that {@link LearnedFeatures} take, the twin's state and its
 * innovations at several time scales, how far apart the pack's cells are, and what the joint filter
 * believes of the battery and how surely. The last also tells whether the battery has been
 * identified: what is known of it starts small then.
 */
final class AugmentedFeatures implements FeatureExtractor {
  private static final String[] OWN = {
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
    "Filtered minus twin anode potential [V]",
    "Filtered minus twin SoC",
    "Anode potential sigma (ln V)",
    "Anode surface sigma (ln)",
    "Cathode surface sigma (ln)",
    "SoC sigma (ln)",
    "Unknown history",
    "Filter innovation 60 s [sigma]",
    "Filter innovation squared 300 s [sigma2]",
    "Voltage bias [V]",
    "Anode material deviation",
    "Cathode material deviation",
    "Lithium loss deviation",
    "Resistance deviation [Ohm.A.h]",
    "Anode diffusivity deviation (ln)",
    "Cathode diffusivity deviation (ln)",
    "Anode exchange current deviation (ln)",
    "Cathode exchange current deviation (ln)",
    "Electrolyte conductivity deviation (ln)",
    "Electrolyte diffusivity deviation (ln)",
    "Anode exchange current sigma (ln)",
    "Lithium loss sigma (ln)",
  };

  /** Which of {@link LearnedFeatures} are not among them: those are inputs too. */
  private static final int[] WINDOWS =
      IntStream.range(0, LearnedFeatures.NAMES.length)
          .filter(i -> !List.of(OWN).contains(LearnedFeatures.NAMES[i]))
          .toArray();

  static final String[] NAMES =
      Stream.concat(
              Arrays.stream(OWN), Arrays.stream(WINDOWS).mapToObj(i -> LearnedFeatures.NAMES[i]))
          .toArray(String[]::new);

  /** Deviations that are features: all that the joint filter estimates, in their own order. */
  private static final IdentifiedParameter[] DEVIATIONS =
      Arrays.stream(IdentifiedParameter.values())
          .filter(p -> p != IdentifiedParameter.HEAT_TRANSFER)
          .toArray(IdentifiedParameter[]::new);

  /** Deviations below this say "known"; the logarithm of 0 would not be a number. */
  private static final double LEAST_SIGMA = 1e-6;

  private static final double MOST_RATIO_SQUARED = 25.0;

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
  private final LowPass ratio60 = new LowPass(60);
  private final LowPass ratioSquared300 = new LowPass(300);
  private final LearnedFeatures windows;
  private final double[] windowed = new double[LearnedFeatures.NAMES.length];
  private double moved;

  AugmentedFeatures(double ampHours, PackLayout layout) {
    this.ampHours = ampHours;
    this.windows = new LearnedFeatures(ampHours, layout);
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
    f[i++] = log2Series;
    filtered(t, dt, f, i);
    windows.update(m, t, windowed);
    for (int w = 0; w < WINDOWS.length; w++) {
      f[OWN.length + w] = windowed[WINDOWS[w]];
    }
  }

  /** What the joint filter believes; zeros where it has nothing to say. */
  private void filtered(TwinSignals t, double dt, double[] f, int from) {
    FilteredState s = t.filtered;
    if (!s.usable()) {
      Arrays.fill(f, from, OWN.length, 0.0);
      return;
    }
    int i = from;
    double ratio = s.innovationVolts() / Math.max(s.innovationSigma(), LEAST_SIGMA);
    f[i++] = s.value(Quantity.ANODE_POTENTIAL) - t.model.anodePotentialVolts;
    f[i++] = s.value(Quantity.SOC) - t.twinSoc;
    f[i++] = log(s.sigma(Quantity.ANODE_POTENTIAL));
    f[i++] = log(s.sigma(Quantity.ANODE_SURFACE));
    f[i++] = log(s.sigma(Quantity.CATHODE_SURFACE));
    f[i++] = log(s.sigma(Quantity.SOC));
    f[i++] = s.unknownWeight();
    f[i++] = ratio60.update(ratio, dt);
    f[i++] = Math.min(ratioSquared300.update(ratio * ratio, dt), MOST_RATIO_SQUARED);
    f[i++] = s.voltageBiasVolts();
    for (IdentifiedParameter p : DEVIATIONS) {
      f[i++] = s.deviation(p);
    }
    f[i++] = log(s.deviationSigma(IdentifiedParameter.ANODE_EXCHANGE));
    f[i] = log(s.deviationSigma(IdentifiedParameter.LITHIUM_LOSS));
  }

  private static double log(double sigma) {
    return Math.log(Math.max(sigma, LEAST_SIGMA));
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
    ratio60.reset();
    ratioSquared300.reset();
    moved = 0.0;
  }
}
