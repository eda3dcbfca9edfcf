package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
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
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Four cells in series with the spread of a production lot around a battery of a {@link Garage},
 * charged again and again. Every cell has a voltage and a temperature sensor; a battery-management
 * system tells the extremes.
 */
final class SeriesPack {
  static final PackLayout LAYOUT = new PackLayout(4, 1);

  /** As production lots scatter, standard deviations: those of the training data. */
  private static final double CAPACITY_SIGMA = 0.01;

  private static final double OHM_SIGMA = 1e-3;
  private static final double RATE_SIGMA = 0.04;
  private static final double HEAT_SIGMA = 0.03;
  private static final double SOC_SIGMA = 0.005;
  private static final double KELVIN_SIGMA = 0.3;

  private final CellParameters[] cells = new CellParameters[LAYOUT.series()];
  private final double[] deltaSoc = new double[cells.length];
  private final SensorErrors sensors;

  SeriesPack(Garage garage, long seed) {
    RandomGenerator r = SeededRandom.of(seed);
    CellVariation v = garage.variation;
    double mean = 0;
    for (int i = 0; i < cells.length; i++) {
      cells[i] =
          Garage.KIND.with(
              new CellVariation(
                  v.capacityFactor() * (1 + CAPACITY_SIGMA * normal(r)),
                  v.seriesResistanceOhm() + Math.abs(OHM_SIGMA * normal(r)),
                  v.anodeDiffusivityFactor() * (1 + RATE_SIGMA * normal(r)),
                  v.cathodeDiffusivityFactor() * (1 + RATE_SIGMA * normal(r)),
                  v.anodeExchangeFactor() * (1 + RATE_SIGMA * normal(r)),
                  v.cathodeExchangeFactor() * (1 + RATE_SIGMA * normal(r)),
                  v.electrolyteConductivityFactor(),
                  v.electrolyteDiffusivityFactor(),
                  v.lossOfLithiumInventory(),
                  v.lossOfAnodeMaterial(),
                  v.lossOfCathodeMaterial(),
                  v.heatTransferFactor() * (1 + HEAT_SIGMA * normal(r))));
      deltaSoc[i] = SOC_SIGMA * normal(r);
      mean += deltaSoc[i] / cells.length;
    }
    for (int i = 0; i < cells.length; i++) {
      deltaSoc[i] -= mean;
    }
    sensors = garage.sensors;
  }

  private static double normal(RandomGenerator r) {
    return SeededRandom.gaussianWithinThreeSigma(r);
  }

  /** What one charge left; {@code spread}: weakest cell against the one with the most volts. */
  record Charge(RecordedSession session, double rmseVolts, double meanVolts, double spreadVolts) {}

  /** As {@link Garage#charge}; the error is that against the lowest anode potential. */
  Charge charge(StateEstimator estimator, double soc, double kelvin, double cRate, long seed) {
    SplittableGenerator random = SeededRandom.of(seed);
    int n = cells.length;
    P2dModel[] models = new P2dModel[n];
    P2dState[] states = new P2dState[n];
    P2dOutputs[] outputs = new P2dOutputs[n];
    Sensor[] volts = new Sensor[n];
    Sensor[] kelvins = new Sensor[n];
    for (int i = 0; i < n; i++) {
      models[i] = P2dModel.of(cells[i], P2dOptions.PLANT);
      states[i] = models[i].newState(soc + deltaSoc[i], kelvin + KELVIN_SIGMA * normal(random));
      outputs[i] = new P2dOutputs();
      volts[i] = new Sensor(sensors.voltage(), random.split());
      kelvins[i] = new Sensor(sensors.temperature(), random.split());
    }
    Sensor amps = new Sensor(sensors.current(), random.split());
    Sensor total = new Sensor(sensors.voltage(), random.split());
    P2dWorkspace workspace = models[0].newWorkspace();
    RecordedSession session = new RecordedSession(LAYOUT);
    double rate = 0;
    double charged = soc;
    double squares = 0;
    double sum = 0;
    double spread = 0;
    int count = 0;
    double highest = 0;
    for (int t = 0; t < 7200 && charged < 0.8; t++) {
      double stage = charged > 0.65 ? 0.4 : charged > 0.5 ? 0.6 : charged > 0.3 ? 0.8 : 1;
      double wanted = t < 10 ? 0 : cRate * stage;
      double room = t == 0 ? 1 : (4.18 - highest) / 0.15;
      rate = Math.max(0, Math.min(Math.min(wanted, rate + 0.3), rate + Math.max(-0.3, room)));
      if (t > 100 && rate < 0.05) {
        break;
      }
      double current = rate * Garage.KIND.nominalCapacityAmpHours();
      charged += rate / 3600;
      for (int i = 0; i < n; i++) {
        P2dStepper.step(
            models[i], states[i], P2dControl.CURRENT, current, 1, kelvin, workspace, outputs[i]);
      }
      Measurement m = read(t, current, outputs, amps, total, volts, kelvins);
      highest = m.maxCellVoltageVolts();
      session.add(m);
      CellEstimate e = estimator.update(m, CurrentCommand.zero(0));
      if (t >= 60 && e.valid()) {
        double lowest = Double.POSITIVE_INFINITY;
        int top = 0;
        for (int i = 0; i < n; i++) {
          lowest = Math.min(lowest, outputs[i].anodePotentialVolts);
          top = outputs[i].voltageVolts > outputs[top].voltageVolts ? i : top;
        }
        double error = e.anodePotentialVolts() - lowest;
        squares += error * error;
        sum += error;
        spread += Math.pow(outputs[top].anodePotentialVolts - lowest, 2);
        count++;
      }
    }
    return new Charge(session, Math.sqrt(squares / count), sum / count, Math.sqrt(spread / count));
  }

  private static Measurement read(
      int second,
      double current,
      P2dOutputs[] outputs,
      Sensor amps,
      Sensor total,
      Sensor[] volts,
      Sensor[] kelvins) {
    long t = second * 1_000_000_000L;
    double sum = 0;
    double lowVolts = Double.POSITIVE_INFINITY;
    double highVolts = 0;
    double lowKelvin = Double.POSITIVE_INFINITY;
    double highKelvin = 0;
    double sumKelvin = 0;
    for (int i = 0; i < outputs.length; i++) {
      sum += outputs[i].voltageVolts;
      double v = volts[i].read(outputs[i].voltageVolts, t);
      double k = kelvins[i].read(outputs[i].temperatureKelvin, t);
      lowVolts = Math.min(lowVolts, v);
      highVolts = Math.max(highVolts, v);
      lowKelvin = Math.min(lowKelvin, k);
      highKelvin = Math.max(highKelvin, k);
      sumKelvin += k;
    }
    return new Measurement(
        t,
        amps.read(current, t),
        total.read(sum, t),
        sumKelvin / outputs.length,
        lowVolts,
        highVolts,
        lowKelvin,
        highKelvin,
        Quality.GOOD);
  }
}
