package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * A model with everything that a step needs. A step that fails is a broken benchmark: it throws.
 */
final class Cell {
  static final double AMBIENT_KELVIN = 298.15;

  /** The controller's model with what a controller that avoids plating has to know. */
  static final P2dOptions CONTROL_WITH_PLATING =
      P2dOptions.CONTROL.withAgeing(P2dOptions.Ageing.PLATING);

  final P2dModel model;
  final P2dWorkspace workspace;
  final P2dOutputs outputs = new P2dOutputs();
  final double nominalAmps;

  Cell(String name, P2dOptions options) {
    model = P2dModel.of(CellParameters.load(name), options);
    workspace = model.newWorkspace();
    nominalAmps = model.cell().nominalCapacityAmpHours();
  }

  /** A state that has carried a current for a while, so that every profile has its shape. */
  P2dState loaded(double soc, double amps, double seconds) {
    P2dState state = model.newState(soc, AMBIENT_KELVIN);
    step(state, amps, seconds);
    return state;
  }

  /** An error-controlled step under a current. */
  void step(P2dState state, double amps, double seconds) {
    step(state, P2dControl.CURRENT, amps, seconds);
  }

  /** An error-controlled step with any quantity held. */
  void step(P2dState state, P2dControl control, double value, double seconds) {
    require(
        P2dStepper.step(model, state, control, value, seconds, AMBIENT_KELVIN, workspace, outputs));
  }

  /** A step of fixed length and known work under a current. */
  void controlStep(P2dState state, double amps, double seconds) {
    require(
        P2dStepper.controlStep(
            model, state, P2dControl.CURRENT, amps, seconds, AMBIENT_KELVIN, workspace, outputs));
  }

  static void require(SolveStatus status) {
    if (status != SolveStatus.OK) {
      throw new IllegalStateException("A benchmark's step ended with " + status + ".");
    }
  }
}
