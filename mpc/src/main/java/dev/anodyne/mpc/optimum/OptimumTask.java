package dev.anodyne.mpc.optimum;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.mpc.prediction.ConstraintClass;

/**
 * A charge whose fastest course is wanted. The cell begins at rest at ambient temperature.
 *
 * @param model the cell, with all that it is to count (film, side reactions, mesh)
 * @param limits kept exactly, without any distance
 * @param startSoc state of charge at the start, 0–1
 * @param periodSeconds the current may change at whole multiples of this, s
 * @param maxAnodeSurfaceStoichiometry largest anode surface stoichiometry at the separator
 * @param minElectrolyteMolPerM3 lowest electrolyte concentration at the anode collector, mol/m³
 */
public record OptimumTask(
    P2dModel model,
    ChargeLimits limits,
    double startSoc,
    double periodSeconds,
    double maxAnodeSurfaceStoichiometry,
    double minElectrolyteMolPerM3) {
  public OptimumTask {
    if (!(limits.targetSoc() > startSoc)) {
      throw new IllegalArgumentException(
          "The target "
              + limits.targetSoc()
              + " must lie above the start "
              + startSoc
              + " for a charge to have a fastest course.");
    }
    if (!(periodSeconds > 0.0) || Double.isInfinite(periodSeconds)) {
      throw new IllegalArgumentException(
          "The period is " + periodSeconds + " s; it must be a number above 0.");
    }
  }

  P2dState start() {
    return model.newState(startSoc, limits.ambientTemperatureKelvin());
  }

  double limit(ConstraintClass constraint) {
    return switch (constraint) {
      case ANODE_POTENTIAL -> limits.minAnodePotentialVolts();
      case VOLTAGE -> limits.maxVoltageVolts();
      case TEMPERATURE -> limits.maxTemperatureKelvin();
      case STOICHIOMETRY -> maxAnodeSurfaceStoichiometry;
      case ELECTROLYTE -> minElectrolyteMolPerM3;
    };
  }

  /** How far an output is beyond its limit, in slack units; negative within. */
  double excess(ConstraintClass constraint, double value) {
    return constraint.sign() * constraint.scale() * (value - limit(constraint));
  }
}
