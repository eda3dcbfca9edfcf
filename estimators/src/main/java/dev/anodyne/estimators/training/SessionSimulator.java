package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.network.FeatureExtractor;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.training.SessionData.Column;
import dev.anodyne.estimators.twin.BackOff;
import dev.anodyne.estimators.twin.DigitalTwin;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Runs one session: the pack is charged by its profile, its sensors are read, and the very twin and
 * feature extractors that run in a controller follow the readings.
 */
final class SessionSimulator {
  private static final double RAMP_PER_SECOND = 0.3;
  private static final double ROW_SECONDS = 4.0;
  private static final double FAR_ROW_SECONDS = 12.0;
  private static final double NEAR_VOLTS = 0.060;
  private static final double PLATING_STOP_VOLTS = -0.080;
  private static final double RATE_PER_KELVIN = 0.8;
  private static final double CELL_OHM_AH = 0.15;

  private final CellParameters cell;
  private final P2dOptions truth;
  private final double dt;
  private final boolean keepSamples;

  SessionSimulator(CellParameters cell, P2dOptions truth, double stepSeconds, boolean keepSamples) {
    this.keepSamples = keepSamples;
    this.cell = cell;
    this.truth = truth;
    this.dt = stepSeconds;
  }

  /**
   * @param cellRandom draws the battery's cells; may be the same as the other
   * @param random draws the rest
   */
  SessionData run(SessionPlan plan, SplittableGenerator cellRandom, SplittableGenerator random) {
    CellParameters cooled =
        cell.withHeatTransfer(plan.heatTransfer()).withSeiGrowth(plan.extras().seiGrowthMetres());
    PackLayout layout = new PackLayout(plan.series(), 1);
    TrainingPack pack =
        new TrainingPack(
            cooled,
            plan.common(),
            truth,
            plan.series(),
            plan.initialSoc(),
            plan.ambientKelvin(),
            plan.errors(),
            plan.extras().ripple(),
            cellRandom,
            random);
    DigitalTwin twin = new DigitalTwin(cell, layout, options(plan), BackOff.UNCALIBRATED);
    Recorder recorder = new Recorder(plan, twin, layout);
    double ampHours = cell.nominalCapacityAmpHours();
    double rate = 0.0;
    double believed = Double.NaN;
    double volts = 0.0;
    double kelvin = plan.ambientKelvin();
    double seconds = 0.0;
    while (seconds < plan.longestSeconds()) {
      rate = wantedRate(plan, seconds, rate, believed, volts, kelvin);
      if (!pack.step(rate * ampHours, dt, plan.ambientKelvin())) {
        break;
      }
      seconds += dt;
      Measurement m = pack.read(Math.round(seconds * 1e9));
      CellEstimate e = twin.update(m, CurrentCommand.zero(0L));
      believed = e.valid() ? twin.signals().model.anodePotentialVolts : Double.NaN;
      volts = pack.maxVoltageVolts();
      kelvin = pack.maxTemperatureKelvin();
      P2dOutputs weakest = pack.weakest();
      if (keepSamples) {
        recorder.sample(m, weakest, pack.meanSoc(), seconds);
      }
      if (e.valid()) {
        recorder.record(m, e, weakest, pack.meanSoc(), seconds);
      }
      boolean full = pack.meanSoc() >= plan.targetSoc();
      boolean tapered = volts > plan.maxVolts() - 0.002 && rate < 0.1;
      if (full || tapered || weakest.anodePotentialVolts < PLATING_STOP_VOLTS) {
        break;
      }
    }
    recorder.data.hours = seconds / 3600.0;
    recorder.data.trim();
    return recorder.data;
  }

  private EstimatorOptions options(SessionPlan plan) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withPeriodSeconds(dt)
            .withHeatTransfer(plan.heatTransferBelieved());
    return plan.extras().twinSoc().isPresent()
        ? options.withInitialSoc(plan.extras().twinSoc().getAsDouble())
        : options;
  }

  /** Profile, voltage and temperature limits, ramp. */
  private double wantedRate(
      SessionPlan plan, double seconds, double rate, double believed, double volts, double kelvin) {
    double wanted =
        seconds < plan.restSeconds()
            ? 0.0
            : plan.profile().next(seconds - plan.restSeconds(), dt, rate, believed);
    double room = (plan.maxVolts() - volts) / CELL_OHM_AH;
    if (volts > 0.0) {
      wanted = Math.min(wanted, Math.max(rate + 0.5 * room, 0.0));
    }
    wanted = Math.min(wanted, Math.max(0.2, RATE_PER_KELVIN * (plan.maxKelvin() - kelvin)));
    boolean jumps = plan.restSeconds() == 0.0 && seconds == 0.0;
    double step = jumps ? 10.0 : Math.max(RAMP_PER_SECOND * dt, 0.0);
    double next = rate + Math.min(Math.max(wanted - rate, -4.0 * step), step);
    return Math.min(Math.max(next, 0.0), plan.extras().chargerRate());
  }

  /** Collects rows: densely where the anode potential is low, thinly elsewhere. */
  private final class Recorder {
    private final DigitalTwin twin;
    private final FeatureExtractor augmented;
    private final FeatureExtractor learned;
    private final double[] augmentedRow = new double[FeatureSet.AUGMENTED.names().size()];
    private final double[] learnedRow = new double[FeatureSet.LEARNED.names().size()];
    private final double[] columns = new double[SessionData.COLUMNS];
    private final double[] samples = new double[Sample.values().length];
    private final SessionData data;
    private double nextRow;

    Recorder(SessionPlan plan, DigitalTwin twin, PackLayout layout) {
      this.twin = twin;
      this.augmented = FeatureSet.AUGMENTED.newExtractor(cell.nominalCapacityAmpHours(), layout);
      this.learned = FeatureSet.LEARNED.newExtractor(cell.nominalCapacityAmpHours(), layout);
      this.data = new SessionData(plan.reference(), plan.aged(), plan.series());
    }

    void record(Measurement m, CellEstimate e, P2dOutputs truth, double soc, double seconds) {
      augmented.update(m, twin.signals(), augmentedRow);
      learned.update(m, twin.signals(), learnedRow);
      if (seconds < nextRow) {
        return;
      }
      boolean near = truth.anodePotentialVolts < NEAR_VOLTS;
      nextRow = seconds + (near ? ROW_SECONDS : FAR_ROW_SECONDS) - 1e-6;
      P2dOutputs own = twin.signals().model;
      set(Column.SECONDS, seconds);
      set(Column.TWIN_ANODE_POTENTIAL, own.anodePotentialVolts);
      set(Column.TWIN_ANODE_SURFACE, own.anodeSurfaceStoichiometry);
      set(Column.TWIN_ANODE_SURFACE_AT_SEPARATOR, own.anodeSurfaceStoichiometryAtSeparator);
      set(Column.TWIN_CATHODE_SURFACE, own.cathodeSurfaceStoichiometry);
      set(Column.TWIN_SOC, e.soc());
      set(Column.TRUE_ANODE_POTENTIAL, truth.anodePotentialVolts);
      set(Column.TRUE_ANODE_SURFACE, truth.anodeSurfaceStoichiometry);
      set(Column.TRUE_ANODE_SURFACE_AT_SEPARATOR, truth.anodeSurfaceStoichiometryAtSeparator);
      set(Column.TRUE_CATHODE_SURFACE, truth.cathodeSurfaceStoichiometry);
      set(Column.TRUE_SOC, soc);
      set(Column.C_RATE, twin.signals().cellAmps / cell.nominalCapacityAmpHours());
      set(Column.KELVIN, twin.signals().temperatureKelvin);
      set(Column.FINDING_VOLTS, BackOff.findingVolts(twin.signals()));
      data.add(augmentedRow, learnedRow, columns);
    }

    /** Every step, whether the twin could use it or not. */
    void sample(Measurement m, P2dOutputs truth, double meanSoc, double seconds) {
      sample(Sample.SECONDS, seconds);
      sample(Sample.MEASURED_AMPS, m.chargeCurrentAmps());
      sample(Sample.MEASURED_VOLTS, m.voltageVolts());
      sample(Sample.MEASURED_MIN_VOLTS, m.minCellVoltageVolts());
      sample(Sample.MEASURED_MAX_VOLTS, m.maxCellVoltageVolts());
      sample(Sample.MEASURED_KELVIN, m.surfaceTemperatureKelvin());
      sample(Sample.MEASURED_MIN_KELVIN, m.minCellTemperatureKelvin());
      sample(Sample.MEASURED_MAX_KELVIN, m.maxCellTemperatureKelvin());
      sample(Sample.AMPS, truth.chargeCurrentAmps);
      sample(Sample.VOLTS, truth.voltageVolts);
      sample(Sample.KELVIN, truth.temperatureKelvin);
      sample(Sample.SOC, truth.soc);
      sample(Sample.MEAN_SOC, meanSoc);
      sample(Sample.ANODE_POTENTIAL, truth.anodePotentialVolts);
      sample(Sample.ANODE_SURFACE_AT_SEPARATOR, truth.anodeSurfaceStoichiometryAtSeparator);
      sample(Sample.ANODE_SURFACE, truth.anodeSurfaceStoichiometry);
      sample(Sample.CATHODE_SURFACE, truth.cathodeSurfaceStoichiometry);
      sample(Sample.ANODE, truth.anodeStoichiometry);
      sample(Sample.CATHODE, truth.cathodeStoichiometry);
      data.addSample(samples);
    }

    private void sample(Sample sample, double value) {
      samples[sample.ordinal()] = value;
    }

    private void set(Column column, double value) {
      columns[column.ordinal()] = value;
    }
  }
}
