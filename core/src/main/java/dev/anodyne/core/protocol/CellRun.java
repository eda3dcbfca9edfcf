package dev.anodyne.core.protocol;

import dev.anodyne.core.charging.SolveStatus;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;

/**
 * One cell on its way through a load: a kept state, and a step tried from it that can be redone.
 */
final class CellRun {
  /** Short enough to show the first instant, long enough for the solver. */
  private static final double GLANCE_SECONDS = 1e-3;

  private final P2dModel model;
  private final double ambientKelvin;
  private final P2dState kept;
  private final P2dState tried;
  private final P2dWorkspace workspace;
  private P2dOutputs keptOutputs = new P2dOutputs();
  private P2dOutputs triedOutputs = new P2dOutputs();

  CellRun(P2dModel model, double soc, double ambientKelvin) {
    this.model = model;
    this.ambientKelvin = ambientKelvin;
    kept = model.newState(soc, ambientKelvin);
    tried = model.newState(soc, ambientKelvin);
    workspace = model.newWorkspace();
    if (!glance(P2dControl.CURRENT, 0.0)) {
      throw new IllegalStateException(
          "Cell "
              + model.cell().name()
              + " cannot rest at a state of charge of "
              + soc
              + " and "
              + ambientKelvin
              + " K.\nMaybe its parameters leave no room for it.");
    }
    swapOutputs();
  }

  /** Steps from the kept state; false when there is no solution. Repeatable until {@link #keep}. */
  boolean tryStep(P2dControl control, double value, double dtSeconds) {
    tried.copyFrom(kept);
    SolveStatus status =
        P2dStepper.step(
            model, tried, control, value, dtSeconds, ambientKelvin, workspace, triedOutputs);
    return status.isUsable() && Double.isFinite(triedOutputs.voltageVolts);
  }

  /** What the first instant under a control looks like; the kept state stays where it is. */
  boolean glance(P2dControl control, double value) {
    return tryStep(control, value, GLANCE_SECONDS);
  }

  /** Makes the last step's end the state that the next step starts from. */
  void keep() {
    kept.copyFrom(tried);
    swapOutputs();
  }

  private void swapOutputs() {
    P2dOutputs old = keptOutputs;
    keptOutputs = triedOutputs;
    triedOutputs = old;
  }

  /** Values at the end of the last step tried. */
  P2dOutputs tried() {
    return triedOutputs;
  }

  /** Values at the end of the last step kept. */
  P2dOutputs kept() {
    return keptOutputs;
  }

  /** Which phase is at its end, judged by the last values that the equations had. */
  String exhaustedPhase() {
    P2dOutputs o = keptOutputs;
    // Thresholds only choose the words; the end itself is the solver's.
    if (Math.min(o.electrolyteAtAnodeCollectorMolPerM3, o.electrolyteAtCathodeCollectorMolPerM3)
        < 50) {
      return "the electrolyte is depleted at a collector";
    }
    if (Math.max(o.anodeSurfaceStoichiometry, o.anodeSurfaceStoichiometryAtSeparator) > 0.97) {
      return "the anode's surface is full";
    }
    if (o.anodeSurfaceStoichiometry < 0.03) {
      return "the anode's surface is empty";
    }
    if (o.cathodeSurfaceStoichiometry > 0.97) {
      return "the cathode's surface is full";
    }
    if (o.cathodeSurfaceStoichiometry < 0.03) {
      return "the cathode's surface is empty";
    }
    return "the equations have no solution beyond";
  }
}
