package dev.anodyne.core.p2d;

/** Which quantity is held during a step. */
public enum P2dControl {
  /** Charge current, A. */
  CURRENT,
  /** Terminal voltage, V. */
  VOLTAGE,
  /** Charge power, W. */
  POWER,
  /** Anode potential, V against Li/Li⁺. */
  ANODE_POTENTIAL
}
