package dev.anodyne.plantsim;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.signal.Sensor;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.plantsim.pack.Pack;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The battery's sensors: one for the current, one for the battery voltage, one voltage and one
 * temperature sensor a cell, as battery-management systems have. The extremes are those of the
 * noisy cell readings. A single cell has one voltage sensor: its cell and battery voltages are the
 * same reading.
 */
public final class PlantSensors {
  private final Sensor current;
  private final Sensor voltage;
  private final Sensor[] cellVoltage;
  private final Sensor[] cellTemperature;

  /**
   * @param cells number of cells, in the order of the battery's
   * @param random fixes all noise
   */
  public PlantSensors(SensorErrors errors, int cells, SplittableGenerator random) {
    current = new Sensor(errors.current(), random.split());
    voltage = new Sensor(errors.voltage(), random.split());
    cellVoltage = new Sensor[cells];
    cellTemperature = new Sensor[cells];
    for (int i = 0; i < cells; i++) {
      cellVoltage[i] = new Sensor(errors.voltage(), random.split());
      cellTemperature[i] = new Sensor(errors.temperature(), random.split());
    }
  }

  /** The current sensor, A. */
  public Sensor current() {
    return current;
  }

  /** The voltage sensor at the battery's terminals, V. */
  public Sensor voltage() {
    return voltage;
  }

  /** A cell's voltage sensor, V; a single cell has the battery's. */
  public Sensor cellVoltage(int cell) {
    return cellVoltage.length == 1 ? voltage : cellVoltage[cell];
  }

  /** A cell's temperature sensor, K. */
  public Sensor cellTemperature(int cell) {
    return cellTemperature[cell];
  }

  void setErrors(SensorErrors errors) {
    current.setModel(errors.current());
    voltage.setModel(errors.voltage());
    for (int i = 0; i < cellVoltage.length; i++) {
      cellVoltage[i].setModel(errors.voltage());
      cellTemperature[i].setModel(errors.temperature());
    }
  }

  /** What the sensors say about the battery's present state; time must not run backwards. */
  public Measurement read(Pack pack, long timeNanos) {
    return read(pack, 0, timeNanos);
  }

  /**
   * The same with an alternating current on top, which every reading catches at its instant.
   *
   * @param rippleAmps alternating current at this instant, A; it changes the voltages over the
   *     battery's resistance
   */
  public Measurement read(Pack pack, double rippleAmps, long timeNanos) {
    double rippleVolts = rippleAmps == 0 ? 0 : rippleAmps * pack.ohms();
    double cellRippleVolts = rippleVolts / pack.layout().series();
    double amps = current.read(pack.chargeCurrentAmps() + rippleAmps, timeNanos);
    double volts = voltage.read(pack.voltageVolts() + rippleVolts, timeNanos);
    double minVolts = Double.POSITIVE_INFINITY;
    double maxVolts = Double.NEGATIVE_INFINITY;
    double minKelvin = Double.POSITIVE_INFINITY;
    double maxKelvin = Double.NEGATIVE_INFINITY;
    double kelvinSum = 0;
    for (int i = 0; i < cellVoltage.length; i++) {
      P2dOutputs cell = pack.outputs(i);
      double v = cellVoltage[i].read(cell.voltageVolts + cellRippleVolts, timeNanos);
      double t = cellTemperature[i].read(cell.temperatureKelvin, timeNanos);
      minVolts = Math.min(minVolts, v); // NaN of a lost reading stays
      maxVolts = Math.max(maxVolts, v);
      minKelvin = Math.min(minKelvin, t);
      maxKelvin = Math.max(maxKelvin, t);
      kelvinSum += t;
    }
    if (cellVoltage.length == 1) {
      minVolts = volts;
      maxVolts = volts;
    }
    double meanKelvin = kelvinSum / cellVoltage.length;
    boolean lost = Double.isNaN(amps + volts + minVolts + meanKelvin);
    return new Measurement(
        timeNanos,
        amps,
        volts,
        meanKelvin,
        minVolts,
        maxVolts,
        minKelvin,
        maxKelvin,
        lost ? Quality.BAD : Quality.GOOD);
  }
}
