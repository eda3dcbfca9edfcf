package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOutputs;

/** An event that ends a protocol step. Durations are kept with the step. */
public sealed interface StepEnd {

  /** The terminal voltage reaches a value, V. */
  record AtVoltage(double volts) implements StepEnd {}

  /** The current's magnitude falls to a value. */
  record AtCurrent(StepAction.Rate rate) implements StepEnd {}

  /** The anode potential reaches a value, V against Li/Li⁺. */
  record AtAnodePotential(double volts) implements StepEnd {}

  /** The state of charge reaches a value, 0–1. */
  record AtSoc(double soc) implements StepEnd {}

  /** The cell's temperature reaches a value, K. */
  record AtTemperature(double kelvin) implements StepEnd {}

  /** Distance of the watched quantity above its limit, in its unit. */
  default double excess(P2dOutputs outputs, double nominalCapacityAmpHours) {
    if (this instanceof AtVoltage end) {
      return outputs.voltageVolts - end.volts();
    }
    if (this instanceof AtAnodePotential end) {
      return outputs.anodePotentialVolts - end.volts();
    }
    if (this instanceof AtSoc end) {
      return outputs.soc - end.soc();
    }
    if (this instanceof AtTemperature end) {
      return outputs.temperatureKelvin - end.kelvin();
    }
    double limit = ((AtCurrent) this).rate().amps(nominalCapacityAmpHours);
    return Math.abs(outputs.chargeCurrentAmps) - limit;
  }

  /**
   * From which side the limit is reached: +1 from below, −1 from above.
   *
   * @param direction +1 charging, −1 discharging, 0 unknown
   * @param excessAtStart decides when the direction is unknown
   */
  default int side(int direction, double excessAtStart) {
    if (this instanceof AtCurrent) {
      return -1;
    }
    if (direction == 0 || this instanceof AtTemperature) {
      return excessAtStart > 0 ? -1 : 1;
    }
    return this instanceof AtAnodePotential ? -direction : direction;
  }

  /** The event in words. */
  default String describe() {
    if (this instanceof AtVoltage end) {
      return "voltage " + end.volts() + " V";
    }
    if (this instanceof AtAnodePotential end) {
      return "anode potential " + end.volts() + " V";
    }
    if (this instanceof AtSoc end) {
      return "state of charge " + end.soc();
    }
    if (this instanceof AtTemperature end) {
      return "temperature " + Math.rint((end.kelvin() - 273.15) * 1e9) / 1e9 + " °C";
    }
    StepAction.Rate rate = ((AtCurrent) this).rate();
    return "current " + rate.value() + (rate.isCRate() ? "C" : " A");
  }
}
