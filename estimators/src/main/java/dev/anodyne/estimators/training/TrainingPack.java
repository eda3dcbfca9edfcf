package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.signal.Ripple;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.Sensor;
import dev.anodyne.core.signal.SensorErrors;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The truth of one training session: cells in series that share a current and differ from each
 * other and from the model, read by noisy sensors as a battery-management system reads them.
 */
final class TrainingPack {
  /** How cells of one lot scatter, standard deviations. */
  private static final double CAPACITY_SIGMA = 0.01;

  private static final double RESISTANCE_SIGMA_OHM_AH = 5e-3;
  private static final double EXCHANGE_SIGMA = 0.04;
  private static final double DIFFUSIVITY_SIGMA = 0.04;
  private static final double HEAT_SIGMA = 0.03;
  private static final double SOC_SIGMA = 0.005;
  private static final double KELVIN_SIGMA = 0.3;

  /** Impedance to a charger's ripple, where only ohmic parts answer; about 16 mΩ at 5 A.h. */
  private static final double RIPPLE_OHM_AH = 0.08;

  private final P2dModel[] models;
  private final P2dState[] states;
  private final P2dOutputs[] outputs;
  private final P2dWorkspace workspace;
  private final Sensor currentSensor;
  private final Sensor packVoltageSensor;
  private final Sensor[] voltageSensors;
  private final Sensor[] temperatureSensors;
  private final Ripple ripple;
  private final double rippleOhm;
  private double amps;

  TrainingPack(
      CellParameters cell,
      CellVariation common,
      P2dOptions resolution,
      int series,
      double initialSoc,
      double initialKelvin,
      SensorErrors errors,
      SplittableGenerator random) {
    this(
        cell,
        common,
        resolution,
        series,
        initialSoc,
        initialKelvin,
        errors,
        Ripple.NONE,
        1.0,
        random,
        random);
  }

  /**
   * One cell of a battery before the spread of production.
   *
   * @param kind its parameters, with what its life has taken
   * @param common what it differs in from them, as all cells of the battery do
   */
  record Cell(CellParameters kind, CellVariation common) {}

  /**
   * Cells that are alike but for the spread of production.
   *
   * @param spread how far cells scatter, 1 for a production lot and 0 for none
   * @param cellRandom draws how the cells differ: the same stream makes the same battery again
   * @param random draws what differs between sessions of a battery
   */
  TrainingPack(
      CellParameters cell,
      CellVariation common,
      P2dOptions resolution,
      int series,
      double initialSoc,
      double initialKelvin,
      SensorErrors errors,
      Ripple ripple,
      double spread,
      SplittableGenerator cellRandom,
      SplittableGenerator random) {
    this(
        Collections.nCopies(series, new Cell(cell, common)),
        resolution,
        initialSoc,
        initialKelvin,
        errors,
        ripple,
        spread,
        cellRandom,
        random);
  }

  /**
   * Cells of which each has lived its own life.
   *
   * @param spread how far cells scatter, 1 for a production lot and 0 for none
   * @param cellRandom draws how the cells differ: the same stream makes the same battery again
   * @param random draws what differs between sessions of a battery
   */
  TrainingPack(
      List<Cell> cells,
      P2dOptions resolution,
      double initialSoc,
      double initialKelvin,
      SensorErrors errors,
      Ripple ripple,
      double spread,
      SplittableGenerator cellRandom,
      SplittableGenerator random) {
    int series = cells.size();
    double ampHours = cells.get(0).kind().nominalCapacityAmpHours();
    this.ripple = ripple;
    this.rippleOhm = RIPPLE_OHM_AH / ampHours;
    models = new P2dModel[series];
    states = new P2dState[series];
    outputs = new P2dOutputs[series];
    voltageSensors = new Sensor[series];
    temperatureSensors = new Sensor[series];
    currentSensor = new Sensor(errors.current(), random.split());
    packVoltageSensor = new Sensor(errors.voltage(), random.split());
    double[] deltaSoc = new double[series];
    double mean = 0.0;
    for (int i = 0; i < series; i++) {
      CellVariation own = vary(cells.get(i).common(), spread, ampHours, cellRandom);
      models[i] = P2dModel.of(cells.get(i).kind().with(own), resolution);
      deltaSoc[i] = spread * SOC_SIGMA * normal(random);
      mean += deltaSoc[i] / series;
      voltageSensors[i] = new Sensor(errors.voltage(), random.split());
      temperatureSensors[i] = new Sensor(errors.temperature(), random.split());
    }
    for (int i = 0; i < series; i++) {
      double soc = Math.min(Math.max(initialSoc + deltaSoc[i] - mean, 0.0), 1.0);
      states[i] = models[i].newState(soc, initialKelvin + spread * KELVIN_SIGMA * normal(random));
      outputs[i] = new P2dOutputs();
    }
    workspace = models[0].newWorkspace();
  }

  private static CellVariation vary(
      CellVariation c, double spread, double ampHours, SplittableGenerator random) {
    double ohmSigma = RESISTANCE_SIGMA_OHM_AH / ampHours;
    return new CellVariation(
        c.capacityFactor() * (1.0 + spread * CAPACITY_SIGMA * normal(random)),
        c.seriesResistanceOhm() + spread * Math.abs(ohmSigma * normal(random)),
        c.anodeDiffusivityFactor() * (1.0 + spread * DIFFUSIVITY_SIGMA * normal(random)),
        c.cathodeDiffusivityFactor() * (1.0 + spread * DIFFUSIVITY_SIGMA * normal(random)),
        c.anodeExchangeFactor() * (1.0 + spread * EXCHANGE_SIGMA * normal(random)),
        c.cathodeExchangeFactor() * (1.0 + spread * EXCHANGE_SIGMA * normal(random)),
        c.electrolyteConductivityFactor(),
        c.electrolyteDiffusivityFactor(),
        c.lossOfLithiumInventory(),
        c.lossOfAnodeMaterial(),
        c.lossOfCathodeMaterial(),
        c.heatTransferFactor() * (1.0 + spread * HEAT_SIGMA * normal(random)));
  }

  private static double normal(SplittableGenerator random) {
    return SeededRandom.gaussianWithinThreeSigma(random);
  }

  int series() {
    return models.length;
  }

  /** One step of all cells; false when a cell could not be solved (depleted, or driven too far). */
  boolean step(double currentAmps, double seconds, double ambientKelvin) {
    amps = currentAmps;
    for (int i = 0; i < models.length; i++) {
      if (!P2dStepper.step(
              models[i],
              states[i],
              P2dControl.CURRENT,
              currentAmps,
              seconds,
              ambientKelvin,
              workspace,
              outputs[i])
          .isUsable()) {
        return false;
      }
    }
    return true;
  }

  /** What the sensors say now. */
  Measurement read(long timeNanos) {
    int n = models.length;
    double sumVolts = 0.0;
    double minVolts = Double.POSITIVE_INFINITY;
    double maxVolts = Double.NEGATIVE_INFINITY;
    double minKelvin = Double.POSITIVE_INFINITY;
    double maxKelvin = Double.NEGATIVE_INFINITY;
    double sumKelvin = 0.0;
    // A charger that is off leaves no ripple.
    double alternating = amps > 0.0 ? ripple.ampsAt(timeNanos) : 0.0;
    for (int i = 0; i < n; i++) {
      double trueVolts = outputs[i].voltageVolts + alternating * rippleOhm;
      sumVolts += trueVolts;
      double v = voltageSensors[i].read(trueVolts, timeNanos);
      double t = temperatureSensors[i].read(outputs[i].temperatureKelvin, timeNanos);
      minVolts = Math.min(minVolts, v);
      maxVolts = Math.max(maxVolts, v);
      minKelvin = Math.min(minKelvin, t);
      maxKelvin = Math.max(maxKelvin, t);
      sumKelvin += t;
    }
    double current = currentSensor.read(amps + alternating, timeNanos);
    double volts = packVoltageSensor.read(sumVolts, timeNanos);
    if (n == 1) {
      minVolts = volts;
      maxVolts = volts;
    }
    return new Measurement(
        timeNanos,
        current,
        volts,
        sumKelvin / n,
        minVolts,
        maxVolts,
        minKelvin,
        maxKelvin,
        Quality.GOOD);
  }

  /** The cell with the lowest anode potential. */
  P2dOutputs weakest() {
    P2dOutputs worst = outputs[0];
    for (P2dOutputs o : outputs) {
      if (o.anodePotentialVolts < worst.anodePotentialVolts) {
        worst = o;
      }
    }
    return worst;
  }

  double meanSoc() {
    double sum = 0.0;
    for (P2dOutputs o : outputs) {
      sum += o.soc;
    }
    return sum / outputs.length;
  }

  double maxVoltageVolts() {
    double max = outputs[0].voltageVolts;
    for (P2dOutputs o : outputs) {
      max = Math.max(max, o.voltageVolts);
    }
    return max;
  }

  double maxTemperatureKelvin() {
    double max = outputs[0].temperatureKelvin;
    for (P2dOutputs o : outputs) {
      max = Math.max(max, o.temperatureKelvin);
    }
    return max;
  }
}
