package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.CellLimit;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

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
  private SolveStatus status = SolveStatus.OK;
  private P2dOutputs keptOutputs = new P2dOutputs();
  private P2dOutputs triedOutputs = new P2dOutputs();

  CellRun(P2dModel model, double soc, double ambientKelvin) {
    this.model = model;
    this.ambientKelvin = ambientKelvin;
    kept = model.newState(soc, ambientKelvin);
    tried = model.newState(soc, ambientKelvin);
    workspace = model.newWorkspace();
    if (!P2dStepper.outputs(model, kept, 0.0, workspace, keptOutputs).isUsable()) {
      throw new IllegalStateException(
          "Cell "
              + model.cell().name()
              + " cannot rest at a state of charge of "
              + soc
              + " and "
              + ambientKelvin
              + " K.\nMaybe its parameters leave no room for it.");
    }
  }

  /** Steps from the kept state; false when there is no solution. Repeatable until {@link #keep}. */
  boolean tryStep(P2dControl control, double value, double dtSeconds) {
    tried.copyFrom(kept);
    status =
        P2dStepper.step(
            model, tried, control, value, dtSeconds, ambientKelvin, workspace, triedOutputs);
    return status.isUsable() && !PhaseLimits.isExhausted(triedOutputs);
  }

  /** What the first instant under a control looks like; the kept state stays where it is. */
  boolean glance(P2dControl control, double value) {
    if (control == P2dControl.CURRENT) {
      status = P2dStepper.outputs(model, kept, value, workspace, triedOutputs);
      return status.isUsable();
    }
    return tryStep(control, value, GLANCE_SECONDS);
  }

  /** What the cell is at the end of, after a step that could not be done. */
  CellLimit limit() {
    return status == SolveStatus.NUMERICAL_FAILURE || workspace.limit() != CellLimit.NONE
        ? workspace.limit()
        : PhaseLimits.of(keptOutputs);
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
}
