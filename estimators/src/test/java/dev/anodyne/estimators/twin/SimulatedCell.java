package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
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
import java.util.random.RandomGenerator.SplittableGenerator;

/** One cell, simulated finer than the twin, with side reactions, read by noisy sensors. */
public final class SimulatedCell {
  public final P2dOutputs truth = new P2dOutputs();
  private final P2dModel model;
  private final P2dState state;
  private final P2dWorkspace workspace;
  private final Sensor current;
  private final Sensor voltage;
  private final Sensor temperature;
  private final double ambientKelvin;
  private long nanos;

  public SimulatedCell(CellParameters cell, double soc, double ambientKelvin, long seed) {
    this(cell, soc, ambientKelvin, SensorErrors.STANDARD, seed);
  }

  public SimulatedCell(
      CellParameters cell, double soc, double ambientKelvin, SensorErrors errors, long seed) {
    this.model = P2dModel.of(cell, P2dOptions.PLANT);
    this.state = model.newState(soc, ambientKelvin);
    this.workspace = model.newWorkspace();
    this.ambientKelvin = ambientKelvin;
    SplittableGenerator random = SeededRandom.of(seed);
    current = new Sensor(errors.current(), random.split());
    voltage = new Sensor(errors.voltage(), random.split());
    temperature = new Sensor(errors.temperature(), random.split());
  }

  /** Advances and reads. */
  public Measurement step(double amps, double seconds) {
    boolean usable =
        P2dStepper.step(
                model, state, P2dControl.CURRENT, amps, seconds, ambientKelvin, workspace, truth)
            .isUsable();
    if (!usable) {
      throw new IllegalStateException("The simulated cell could not be stepped.");
    }
    nanos += Math.round(seconds * 1e9);
    return Measurement.ofCell(
        nanos,
        current.read(amps, nanos),
        voltage.read(truth.voltageVolts, nanos),
        temperature.read(truth.temperatureKelvin, nanos),
        Quality.GOOD);
  }
}
