package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;

/** What a protocol step holds constant. Currents and powers are positive when charging. */
public sealed interface StepAction {

  /** A current, A or in multiples of the nominal capacity; 0 is rest. */
  record HoldCurrent(Rate rate) implements StepAction {}

  /** A power at the terminals, W. */
  record HoldPower(double watts) implements StepAction {}

  /** A terminal voltage, V. */
  record HoldVoltage(double volts) implements StepAction {}

  /** An anode potential, V against Li/Li⁺. */
  record HoldAnodePotential(double volts) implements StepAction {}

  /**
   * A current.
   *
   * @param value A, or multiples of the nominal capacity an hour
   * @param isCRate whether the value is a C-rate
   */
  record Rate(double value, boolean isCRate) {
    /** In A, for a cell of this nominal capacity. */
    public double amps(double nominalCapacityAmpHours) {
      return isCRate ? value * nominalCapacityAmpHours : value;
    }
  }

  /** The model's control that holds it. */
  default P2dControl control() {
    if (this instanceof HoldVoltage) {
      return P2dControl.VOLTAGE;
    }
    if (this instanceof HoldAnodePotential) {
      return P2dControl.ANODE_POTENTIAL;
    }
    return this instanceof HoldPower ? P2dControl.POWER : P2dControl.CURRENT;
  }

  /** The held value in A, W or V. */
  default double value(double nominalCapacityAmpHours) {
    if (this instanceof HoldVoltage hold) {
      return hold.volts();
    }
    if (this instanceof HoldAnodePotential hold) {
      return hold.volts();
    }
    if (this instanceof HoldPower hold) {
      return hold.watts();
    }
    return ((HoldCurrent) this).rate().amps(nominalCapacityAmpHours);
  }

  /**
   * Which way the cell goes: +1 charging, −1 discharging, 0 when that depends on the cell. A held
   * anode potential charges: it is how a charge is kept from plating.
   */
  default int direction() {
    if (this instanceof HoldCurrent hold) {
      return (int) Math.signum(hold.rate().value());
    }
    if (this instanceof HoldPower hold) {
      return (int) Math.signum(hold.watts());
    }
    return this instanceof HoldAnodePotential ? 1 : 0;
  }
}
