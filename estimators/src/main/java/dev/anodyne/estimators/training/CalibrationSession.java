package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.signal.Ripple;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A battery of a population and its sessions: a first one of which nothing is known, and one that
 * starts from what was identified from the first.
 */
final class CalibrationSession {
  private static final double HEAT_TRANSFER = 40;
  private static final double LONGEST_SECONDS = 5400;
  private static final double STOP_VOLTS = -0.08;
  private static final double NEAR_ROW_SECONDS = 4;
  private static final double FAR_ROW_SECONDS = 20;
  private static final double SETTLED_SECONDS = 60;

  private final CellParameters kind;
  private final P2dOptions truth;
  private final Population population;
  private final int series;
  private final int number;
  private final SensorClass accuracy;
  private final long seed;
  private final List<TrainingPack.Cell> cells;
  private final SensorErrors sensors;
  private final double spread;

  /**
   * @param kind the cell as its parameter set says
   * @param truth resolution and physics of the simulated cells
   * @param number of the battery in its population
   * @param accuracy how far its sensors may be off
   */
  CalibrationSession(
      CellParameters kind,
      P2dOptions truth,
      Population population,
      int series,
      int number,
      SensorClass accuracy,
      long seed) {
    this.kind = kind.withHeatTransfer(HEAT_TRANSFER);
    this.truth = truth;
    this.population = population;
    this.series = series;
    this.number = number;
    this.seed = seed;
    this.accuracy = accuracy;
    SplittableGenerator random = stream(0);
    cells = population.cells(this.kind, series, random);
    sensors = population.sensors(accuracy, random);
    // Half of the single cells are exactly what the population says, as in published comparisons.
    spread = series == 1 && number % 2 == 0 ? 0.0 : 1.0;
  }

  private SplittableGenerator stream(int which) {
    long place = ((population.ordinal() * 2L + (series > 1 ? 1 : 0)) * 1_000_003L + number) * 8L;
    return SeededRandom.of((seed * 31L + 0x626F756E6473L) ^ ((place + which) << 8));
  }

  /**
   * What an estimator said in the first session and, inside the range, in an identified one: the
   * sessions of each of its bounds.
   */
  List<List<ScoredSession>> run(CalibrationSubject.Maker maker) {
    List<List<ScoredSession>> scores = new ArrayList<>();
    RecordedSession recorded = new RecordedSession(new PackLayout(series, 1));
    double ambient = population.ambientKelvin(stream(1));
    scores.add(charge(maker, Optional.empty(), ambient, 0, population.isJoined(), recorded));
    if (!population.isIdentified()) {
      return scores;
    }
    IdentifiedCell found =
        new CellIdentifier(kind, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(ambient))
            .identify(recorded, IdentifiedCell.unknown(kind).within(accuracy))
            .cell();
    if (found.sessions() > 0) {
      double next = population.ambientKelvin(stream(2));
      RecordedSession unused = new RecordedSession(new PackLayout(series, 1));
      scores.add(charge(maker, Optional.of(found), next, 1, false, unused));
    }
    return scores;
  }

  private List<ScoredSession> charge(
      CalibrationSubject.Maker maker,
      Optional<IdentifiedCell> known,
      double ambientKelvin,
      int session,
      boolean joins,
      RecordedSession recorded) {
    SplittableGenerator random = stream(3 + session);
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withAmbientKelvin(ambientKelvin + sensors.temperature().bias())
            .withSensors(accuracy);
    CalibrationSubject subject =
        maker.make(
            kind, new PackLayout(series, 1), known.map(options::withIdentified).orElse(options));
    double from = population == Population.REFERENCE ? 0.1 : Population.between(random, 0.05, 0.3);
    double to = population == Population.REFERENCE ? 0.8 : Population.between(random, 0.75, 0.88);
    double rest = Population.between(random, 10, 30);
    double join = joins ? rest + Population.between(random, 120, 600) : 0;
    CalibrationCharge current =
        new CalibrationCharge(
            population, number + 3 * session, kind.upperCutOffVolts(), random.split());
    TrainingPack pack =
        new TrainingPack(
            cells, truth, from, ambientKelvin, sensors, Ripple.NONE, spread, stream(5), random);
    List<Taken> rows =
        subject.inputs().stream().map(in -> new Taken(in, known.isPresent())).toList();
    double amps = 0;
    double seconds = 0;
    @Nullable CellEstimate belief = null;
    while (seconds < LONGEST_SECONDS && pack.step(amps, 1.0, ambientKelvin)) {
      seconds += 1.0;
      Measurement m = pack.read(Math.round(seconds * 1e9));
      recorded.add(m);
      P2dOutputs weakest = pack.weakest();
      if (seconds >= join) {
        belief = subject.estimator().update(m, CurrentCommand.zero(0L));
        for (Taken taken : rows) {
          taken.take(belief, weakest, pack.meanSoc(), seconds - join);
        }
      }
      if (pack.meanSoc() >= to || weakest.anodePotentialVolts < STOP_VOLTS) {
        break;
      }
      double rate =
          seconds < rest
              ? 0
              : current.next(
                  seconds - rest, 1.0, pack.meanSoc(), weakest, pack.maxVoltageVolts(), belief);
      boolean tapered =
          seconds > rest + 60 && pack.maxVoltageVolts() > kind.upperCutOffVolts() - 0.002;
      if (tapered && rate < 0.05) {
        break;
      }
      amps = rate * kind.nominalCapacityAmpHours();
    }
    rows.forEach(taken -> taken.scores.trim());
    return rows.stream().map(taken -> taken.scores).toList();
  }

  /** Collects instants: densely near 0 V, thinly elsewhere. */
  private final class Taken {
    private final BoundInputs inputs;
    private final ScoredSession scores;
    private final double[] truths = new double[Quantity.count()];
    private double next;

    Taken(BoundInputs inputs, boolean identified) {
      this.inputs = inputs;
      BatteryGroup group =
          population.isJoined()
              ? BatteryGroup.ofJoined(series)
              : BatteryGroup.of(identified, series);
      scores = new ScoredSession(group, population.name(), population.isNominal());
    }

    void take(CellEstimate belief, P2dOutputs weakest, double meanSoc, double seconds) {
      boolean near = Calibrator.isNear(weakest.anodePotentialVolts);
      if (!belief.valid() || seconds < (near ? next - FAR_ROW_SECONDS + NEAR_ROW_SECONDS : next)) {
        return;
      }
      if (!near && seconds < SETTLED_SECONDS) {
        return;
      }
      next = seconds + FAR_ROW_SECONDS;
      truths[Quantity.ANODE_POTENTIAL.ordinal()] = weakest.anodePotentialVolts;
      truths[Quantity.ANODE_SURFACE.ordinal()] = weakest.anodeSurfaceStoichiometry;
      truths[Quantity.ANODE_SURFACE_AT_SEPARATOR.ordinal()] =
          weakest.anodeSurfaceStoichiometryAtSeparator;
      truths[Quantity.CATHODE_SURFACE.ordinal()] = weakest.cathodeSurfaceStoichiometry;
      truths[Quantity.ANODE_MEAN.ordinal()] = weakest.anodeStoichiometry;
      truths[Quantity.CATHODE_MEAN.ordinal()] = weakest.cathodeStoichiometry;
      truths[Quantity.SOC.ordinal()] = meanSoc;
      truths[Quantity.CORE_TEMPERATURE.ordinal()] = weakest.temperatureKelvin;
      scores.add(
          inputs.growth(),
          inputs.doubt,
          near ? NEAR_ROW_SECONDS : FAR_ROW_SECONDS,
          inputs.values,
          inputs.sigmas,
          truths,
          inputs.signals);
    }
  }
}
