package dev.anodyne.estimators.training;

import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import java.util.Optional;

/**
 * What earlier sessions told about a battery, from measurements alone.
 *
 * @param cell what the twin starts from; empty: the parameter set of its kind
 * @param residualVolts voltage residual that the last accepted identification left, V; NaN: none
 * @param determined how many parameters it told at least half of the variance of
 * @param varianceLeft variance left after it over the variance before, mean of all parameters; 1:
 *     nothing is known. A parameter that a session's limit held back is doubted more than before
 *     and counts as 1: nothing was learnt of it
 */
record Knowledge(
    Optional<IdentifiedCell> cell, double residualVolts, int determined, double varianceLeft) {
  static final Knowledge NONE = new Knowledge(Optional.empty(), Double.NaN, 0, 1.0);

  /** Sessions that it rests on. */
  int sessions() {
    return cell.map(IdentifiedCell::sessions).orElse(0);
  }

  /** After another session; the same when the identification changed nothing. */
  Knowledge after(Identification found) {
    if (!found.accepted()) {
      return this;
    }
    double left = 0.0;
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      double share = Math.min(found.leftUnknown().getOrDefault(p, 1.0), 1.0);
      left += share / IdentifiedParameter.values().length;
    }
    return new Knowledge(
        Optional.of(found.cell()),
        found.rmseAfterVolts(),
        found.determined().size(),
        left * varianceLeft);
  }
}
