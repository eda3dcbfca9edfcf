package dev.anodyne.estimators.network;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.twin.BackOff;
import java.util.List;

/**
 * A trained estimator: network, scaling, calibrated bounds and card. Immutable.
 *
 * @param kind which inputs it takes
 * @param cell name of the cell it was trained for
 * @param nominalAmpHours capacity of that cell, A·h
 * @param scaling of the inputs
 * @param layers the network
 * @param calibration of its lower bound
 * @param twinBackOff the same for the twin alone, from the same sessions: what holds outside the
 *     training range, and what {@code physics} uses
 * @param card for people
 */
public record NetworkModel(
    FeatureSet kind,
    String cell,
    double nominalAmpHours,
    InputScaling scaling,
    List<DenseLayer> layers,
    BoundCalibration calibration,
    BackOff twinBackOff,
    ModelCard card) {

  public NetworkModel {
    layers = List.copyOf(layers);
    DenseNetwork network = new DenseNetwork(layers);
    if (network.inputs() != kind.names().size() || scaling.size() != network.inputs()) {
      throw new IllegalArgumentException(
          "A network of kind "
              + kind.estimatorName()
              + " takes "
              + kind.names().size()
              + " inputs, not "
              + network.inputs()
              + " (scaling: "
              + scaling.size()
              + ").");
    }
    if (network.outputs() != kind.targets().size()) {
      throw new IllegalArgumentException(
          "A network of kind "
              + kind.estimatorName()
              + " must give "
              + kind.targets().size()
              + " outputs, not "
              + network.outputs()
              + ".");
    }
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
