package dev.anodyne.estimators;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.IdentifiedCell;
import java.util.OptionalDouble;

/**
 * What a twin of an identified battery runs on: its own parameters, with the physics that they were
 * found with.
 */
record TwinOfBattery(CellParameters cell, EstimatorOptions options) {
  static TwinOfBattery of(CellParameters kind, IdentifiedCell battery, EstimatorOptions options) {
    OptionalDouble h = options.heatTransferWattsPerM2Kelvin();
    CellParameters believed = h.isPresent() ? kind.withHeatTransfer(h.getAsDouble()) : kind;
    CellParameters own = battery.applyTo(believed);
    // The identified factor already acts on the heat transfer: the option must not replace it.
    return new TwinOfBattery(
        own,
        new EstimatorOptions(
            options.periodSeconds(),
            OptionalDouble.empty(),
            options.ambientKelvin(),
            options.initialSoc(),
            CellIdentifier.physicsOf(own, options.model()),
            options.identified(),
            options.sensors()));
  }
}
