package dev.anodyne.core.charging;

/** Which rung of the ladder decided. Ordered from best to last. */
public enum DecisionSource {
  /** The model-predictive controller's fresh plan. */
  MPC,
  /** A baseline policy (CC-CV, rider, map …) chosen by name. */
  BASELINE,
  /** The rest of the last plan, shifted. */
  SHIFTED_PLAN,
  /** The anode-potential rider. */
  RIDER,
  /** The state-of-charge × temperature current map. */
  MAP,
  /** A low constant current. */
  LOW_CC,
  /** No current. */
  ZERO
}
