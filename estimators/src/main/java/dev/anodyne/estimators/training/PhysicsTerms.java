package dev.anodyne.estimators.training;

import java.util.Locale;
import java.util.Map;

/**
 * The parts of a loss that stand for physics, or their weights.
 *
 * @param lithium what of the mean stoichiometries does not follow the charge that passed
 * @param voltage what the surface stoichiometries leave unexplained of the measured voltage and of
 *     the anode potential
 * @param sign surfaces on the wrong side of the means, overpotentials against the current
 * @param monotonicity anode potential that rises with the current
 */
record PhysicsTerms(double lithium, double voltage, double sign, double monotonicity) {
  static final PhysicsTerms NONE = new PhysicsTerms(0, 0, 0, 0);

  PhysicsTerms plus(PhysicsTerms o) {
    return new PhysicsTerms(
        lithium + o.lithium, voltage + o.voltage, sign + o.sign, monotonicity + o.monotonicity);
  }

  PhysicsTerms times(double factor) {
    return new PhysicsTerms(
        lithium * factor, voltage * factor, sign * factor, monotonicity * factor);
  }

  /** The terms, each by its weight. */
  double weighted(PhysicsTerms weights) {
    return lithium * weights.lithium
        + voltage * weights.voltage
        + sign * weights.sign
        + monotonicity * weights.monotonicity;
  }

  /** Adds the terms to a card's figures. */
  void put(Map<String, Double> metrics) {
    metrics.put("physics in the loss, lithium", rounded(lithium));
    metrics.put("physics in the loss, voltage", rounded(voltage));
    metrics.put("physics in the loss, sign", rounded(sign));
    metrics.put("physics in the loss, monotonicity", rounded(monotonicity));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  /** For progress. */
  String text() {
    return String.format(
        Locale.ROOT,
        "physics: lithium %.4f, voltage %.4f, sign %.4f, monotonicity %.4f",
        lithium,
        voltage,
        sign,
        monotonicity);
  }
}
