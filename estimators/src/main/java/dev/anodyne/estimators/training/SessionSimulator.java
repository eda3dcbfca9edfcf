package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.estimators.twin.DigitalTwin;
import dev.anodyne.estimators.twin.TwinColumns;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Runs one session: the pack is charged by its profile, its sensors are read, and the very twin and
 * feature extractors that run in a controller follow the readings.
 */
final class SessionSimulator {
  private static final double RAMP_PER_SECOND = 0.3;
  private static final double PLATING_STOP_VOLTS = -0.080;
  private static final double RATE_PER_KELVIN = 0.8;
  private static final double CELL_OHM_AH = 0.15;

  private final CellParameters cell;
  private final P2dOptions truth;
  private final P2dOptions twinModel;
  private final double dt;
  private final boolean keepSamples;

  SessionSimulator(
      CellParameters cell,
      P2dOptions truth,
      P2dOptions twinModel,
      double stepSeconds,
      boolean keepSamples) {
    this.keepSamples = keepSamples;
    this.cell = cell;
    this.truth = truth;
    this.twinModel = twinModel;
    this.dt = stepSeconds;
  }

  /** A session of a battery that nothing is known of, and that nothing is learned from. */
  SessionData run(SessionPlan plan, SplittableGenerator cellRandom, SplittableGenerator random) {
    RecordedSession unused = new RecordedSession(new PackLayout(plan.series(), 1));
    return run(plan, Knowledge.NONE, unused, cellRandom, random);
  }

  /**
   * Runs a session.
   *
   * @param known what the twin starts from
   * @param recorded takes in what the sensors read
   * @param cellRandom draws the battery's cells; may be the same as the other
   * @param random draws the rest
   */
  SessionData run(
      SessionPlan plan,
      Knowledge known,
      RecordedSession recorded,
      SplittableGenerator cellRandom,
      SplittableGenerator random) {
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
            plan.extras().cellSpread(),
            cellRandom,
            random);
    DigitalTwin twin = Estimators.uncalibratedTwin(cell, layout, options(plan, known));
    Recorder recorder = new Recorder(plan, twin);
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
      recorder.sample(m, e, weakest, pack.meanSoc(), seconds);
      recorded.add(m);
      boolean full = pack.meanSoc() >= plan.targetSoc();
      boolean tapered = volts > plan.maxVolts() - 0.002 && rate < 0.1;
      if (full || tapered || weakest.anodePotentialVolts < PLATING_STOP_VOLTS) {
        break;
      }
    }
    return recorder.end(seconds);
  }

  /** What the battery's own measurements tell about it, as after a charge in service. */
  Identification identify(SessionPlan plan, RecordedSession recorded, Knowledge known) {
    CellParameters believed = cell.withHeatTransfer(plan.heatTransferBelieved());
    return new CellIdentifier(believed, twinModel, FitNoise.STANDARD, OptionalDouble.empty())
        .identify(recorded, known.cell().orElseGet(() -> IdentifiedCell.unknown(believed)));
  }

  private EstimatorOptions options(SessionPlan plan, Knowledge known) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withPeriodSeconds(dt)
            .withModel(twinModel)
            .withHeatTransfer(plan.heatTransferBelieved());
    if (plan.extras().twinSoc().isPresent()) {
      options = options.withInitialSoc(plan.extras().twinSoc().getAsDouble());
    }
    return known.cell().map(options::withIdentified).orElse(options);
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

  /** Keeps every step, whether the twin could use it or not, and makes rows of them. */
  private final class Recorder {
    private final DigitalTwin twin;
    private final RowMaker rows;
    private final double[] samples = new double[Sample.width()];
    private final SessionData data;

    Recorder(SessionPlan plan, DigitalTwin twin) {
      this.twin = twin;
      this.data = new SessionData(plan.reference(), plan.aged(), plan.series());
      this.rows = new RowMaker(data, cell.nominalCapacityAmpHours());
    }

    void sample(Measurement m, CellEstimate e, P2dOutputs truth, double meanSoc, double seconds) {
      set(Sample.SECONDS, seconds);
      set(Sample.MEASURED_AMPS, m.chargeCurrentAmps());
      set(Sample.MEASURED_VOLTS, m.voltageVolts());
      set(Sample.MEASURED_MIN_VOLTS, m.minCellVoltageVolts());
      set(Sample.MEASURED_MAX_VOLTS, m.maxCellVoltageVolts());
      set(Sample.MEASURED_KELVIN, m.surfaceTemperatureKelvin());
      set(Sample.MEASURED_MIN_KELVIN, m.minCellTemperatureKelvin());
      set(Sample.MEASURED_MAX_KELVIN, m.maxCellTemperatureKelvin());
      set(Sample.AMPS, truth.chargeCurrentAmps);
      set(Sample.VOLTS, truth.voltageVolts);
      set(Sample.KELVIN, truth.temperatureKelvin);
      set(Sample.SOC, truth.soc);
      set(Sample.MEAN_SOC, meanSoc);
      set(Sample.ANODE_POTENTIAL, truth.anodePotentialVolts);
      set(Sample.ANODE_SURFACE_AT_SEPARATOR, truth.anodeSurfaceStoichiometryAtSeparator);
      set(Sample.ANODE_SURFACE, truth.anodeSurfaceStoichiometry);
      set(Sample.CATHODE_SURFACE, truth.cathodeSurfaceStoichiometry);
      set(Sample.ANODE, truth.anodeStoichiometry);
      set(Sample.CATHODE, truth.cathodeStoichiometry);
      set(Sample.TWIN_ANSWERED, e.valid() ? 1 : 0);
      double twinSoc = Math.min(Math.max(twin.signals().twinSoc, 0.0), 1.0);
      set(Sample.TWIN_SOC, e.valid() ? twinSoc : Double.NaN);
      TwinColumns.read(twin.signals(), samples, Sample.values().length);
      int at = data.addSample(samples);
      rows.take(data.samples, at);
    }

    SessionData end(double seconds) {
      data.hours = seconds / 3600.0;
      if (!keepSamples) {
        data.dropSamples();
      }
      data.trim();
      return data;
    }

    private void set(Sample sample, double value) {
      samples[sample.ordinal()] = value;
    }
  }
}
