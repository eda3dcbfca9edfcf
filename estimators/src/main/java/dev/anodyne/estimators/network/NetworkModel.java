package dev.anodyne.estimators.network;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.twin.BackOff;
import java.util.List;

/**
 * A trained estimator: network, scaling, calibrated bounds and card. Immutable.
 *
 * @param kind which inputs it takes
 * @param cell name of the cell it was trained for
 * @param nominalAmpHours capacity of that cell, A·h
 * @param scaling of the inputs
 * @param members the networks of the ensemble, layer after layer
 * @param sigmaScale makes the members' deviation of the anode potential honest
 * @param bounds that turn deviations into a lower bound and intervals
 * @param twinBackOff the same for the twin alone, from the same sessions: what holds outside the
 *     training range, and what {@code physics} uses
 * @param card for people
 */
public record NetworkModel(
    FeatureSet kind,
    String cell,
    double nominalAmpHours,
    InputScaling scaling,
    List<List<DenseLayer>> members,
    SigmaScale sigmaScale,
    BoundTable bounds,
    BackOff twinBackOff,
    ModelCard card) {

  public NetworkModel {
    members = members.stream().map(List::copyOf).toList();
    int inputs = new Ensemble(members, sigmaScale).inputs();
    if (inputs != kind.names().size() || scaling.size() != inputs) {
      throw new IllegalArgumentException(
          "A network of kind "
              + kind.estimatorName()
              + " takes "
              + kind.names().size()
              + " inputs, not "
              + inputs
              + " (scaling: "
              + scaling.size()
              + ").");
    }
  }

  /** The networks ready to run; one for each thread. */
  public Ensemble newEnsemble() {
    return new Ensemble(members, sigmaScale);
  }

  /** Fails with one clear line when this model was made for another cell. */
  public void requireCell(CellParameters other, String source) {
    if (!cell.equals(other.name())
        || Math.abs(nominalAmpHours / other.nominalCapacityAmpHours() - 1.0) > 1e-6) {
      throw new IllegalArgumentException(
          "Model "
              + source
              + " was trained for cell "
              + cell
              + " ("
              + nominalAmpHours
              + " A·h), not for "
              + other.name()
              + " ("
              + other.nominalCapacityAmpHours()
              + " A·h).\nMaybe train one: anodyne train --cell "
              + other.name()
              + " --out MODEL; or use the estimator physics, which needs no training.");
    }
  }
}
