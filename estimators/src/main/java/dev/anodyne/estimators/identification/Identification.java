package dev.anodyne.estimators.identification;

import java.util.List;
import java.util.Map;

/**
 * What came of identifying a battery from one session.
 *
 * @param accepted true when {@code cell} is a new belief; false when it is the previous one
 * @param why one sentence: what was found, or why nothing was changed
 * @param cell what the next session starts from
 * @param rmseBeforeVolts voltage residual with the previous parameters, the session's own unknowns
 *     fitted, V; NaN when there was no fit
 * @param rmseAfterVolts with the new parameters, V; NaN when there was no fit
 * @param leftUnknown variance after over variance before, of each parameter; 1: the data said
 *     nothing, 0: the data said all. Empty when there was no fit
 * @param atLimit parameters that the bounds held back
 * @param voltageBiasVolts how much too high the voltage seems to be read, V
 * @param currentGain share by which the current seems to be read too high
 * @param temperatureBiasKelvin how much too high the temperature seems to be read, K
 * @param startSoc state of charge at the session's start, on the new cell's scale
 * @param seconds time the identification took, s
 */
public record Identification(
    boolean accepted,
    String why,
    IdentifiedCell cell,
    double rmseBeforeVolts,
    double rmseAfterVolts,
    Map<IdentifiedParameter, Double> leftUnknown,
    List<IdentifiedParameter> atLimit,
    double voltageBiasVolts,
    double currentGain,
    double temperatureBiasKelvin,
    double startSoc,
    double seconds) {
  /** Below this share of the variance a parameter counts as determined by the session. */
  static final double DETERMINED = 0.5;

  public Identification {
    leftUnknown = Map.copyOf(leftUnknown);
    atLimit = List.copyOf(atLimit);
  }

  /** Parameters of which the session told at least half of the variance. */
  public List<IdentifiedParameter> determined() {
    return leftUnknown.entrySet().stream()
        .filter(e -> e.getValue() < DETERMINED)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  static Identification refused(IdentifiedCell previous, String why, double seconds) {
    return refused(previous, why, Double.NaN, Double.NaN, seconds);
  }

  static Identification refused(
      IdentifiedCell previous, String why, double before, double after, double seconds) {
    double nan = Double.NaN;
    return new Identification(
        false, why, previous, before, after, Map.of(), List.of(), nan, nan, nan, nan, seconds);
  }
}
