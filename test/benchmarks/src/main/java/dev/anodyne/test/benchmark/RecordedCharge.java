package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.Sensor;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A charge in stages of 3C to 0.7C of an lgm50 cell that is a little off its parameters, as noisy
 * sensors saw it every second, and what was identified from it.
 */
final class RecordedCharge {
  /** The first minute. */
  static final int SETTLED_SAMPLES = 60;

  static final RecordedCharge NONE = new RecordedCharge(List.of(), null);

  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final CellVariation DIFFERENCES =
      new CellVariation(1, 1e-3, 0.9, 1.1, 0.9, 1.05, 0.95, 1.05, 0.02, 0.01, 0.01, 1.1);
  private static final double FROM_SOC = 0.1;
  private static final double TO_SOC = 0.8;
  private static final int REST_SECONDS = 20;

  private final List<Measurement> measurements;
  private final @Nullable IdentifiedCell identified;

  private RecordedCharge(List<Measurement> measurements, @Nullable IdentifiedCell identified) {
    this.measurements = measurements;
    this.identified = identified;
  }

  static RecordedCharge make() {
    List<Measurement> measurements = simulate();
    RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
    measurements.forEach(session::add);
    Identification found =
        new CellIdentifier(
                CELL, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(Cell.AMBIENT_KELVIN))
            .identify(session, IdentifiedCell.unknown(CELL));
    if (!found.accepted()) {
      throw new IllegalStateException("The benchmark's battery was not identified: " + found.why());
    }
    return new RecordedCharge(measurements, found.cell());
  }

  private static List<Measurement> simulate() {
    P2dModel model = P2dModel.of(CELL.with(DIFFERENCES), P2dOptions.PLANT);
    P2dState state = model.newState(FROM_SOC, Cell.AMBIENT_KELVIN);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs truth = new P2dOutputs();
    Cell.require(P2dStepper.outputs(model, state, 0, workspace, truth));
    SplittableGenerator random = SeededRandom.of(1);
    Sensor amps = new Sensor(SensorErrors.STANDARD.current(), random.split());
    Sensor volts = new Sensor(SensorErrors.STANDARD.voltage(), random.split());
    Sensor kelvin = new Sensor(SensorErrors.STANDARD.temperature(), random.split());
    List<Measurement> all = new ArrayList<>();
    double rate = 0;
    for (int second = 0; truth.soc < TO_SOC; second++) {
      long now = second * 1_000_000_000L;
      all.add(
          Measurement.ofCell(
              now,
              amps.read(truth.chargeCurrentAmps, now),
              volts.read(truth.voltageVolts, now),
              kelvin.read(truth.temperatureKelvin, now),
              Quality.GOOD));
      double wanted = truth.soc < 0.25 ? 3 : truth.soc < 0.4 ? 2 : truth.soc < 0.6 ? 1.2 : 0.7;
      rate = second < REST_SECONDS ? 0 : Math.min(wanted, rate + 0.3);
      Cell.require(
          P2dStepper.step(
              model,
              state,
              P2dControl.CURRENT,
              rate * CELL.nominalCapacityAmpHours(),
              1,
              Cell.AMBIENT_KELVIN,
              workspace,
              truth));
    }
    return all;
  }

  int samples() {
    return measurements.size();
  }

  Measurement measurement(int i) {
    return measurements.get(i);
  }

  /** A new estimator that knows what was identified. */
  StateEstimator identifiedEstimator(String name) {
    EstimatorOptions options = EstimatorOptions.DEFAULT.withAmbientKelvin(Cell.AMBIENT_KELVIN);
    return Estimators.create(
        name,
        CELL,
        PackLayout.SINGLE_CELL,
        identified == null ? options : options.withIdentified(identified));
  }
}
