package dev.anodyne.mpc.baseline;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * A charge of the model alone, at constant current with the voltage limit on top, for laws that are
 * derived from the model before a charge. Owns its memory; not thread-safe.
 */
final class ModelCharge {
  /** Step of the simulation, s: a tenth of the fastest thing that moves the anode potential. */
  static final double STEP_SECONDS = 5.0;

  /** After a change of current the electrolyte needs seconds: the first steps are shorter, s. */
  private static final double[] FIRST_STEPS_SECONDS = {0.5, 1.5, 3.0};

  /** A charge that has not ended after this long never will, s. */
  private static final double LONGEST_SECONDS = 100.0 * 3600.0;

  private final P2dModel model;
  private final double maxVoltageVolts;
  private final double ambientKelvin;
  private final P2dState state;
  private final P2dState before;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();

  ModelCharge(P2dModel model, double maxVoltageVolts, double ambientKelvin) {
    this.model = model;
    this.maxVoltageVolts = maxVoltageVolts;
    this.ambientKelvin = ambientKelvin;
    state = model.newState(0.5, ambientKelvin);
    before = model.newState(0.5, ambientKelvin);
    workspace = model.newWorkspace();
  }

  /** The model charged. */
  P2dModel model() {
    return model;
  }

  /** The state reached; the next run continues from it. */
  P2dState state() {
    return state;
  }

  /** Puts the cell at rest. */
  void rest(double soc) {
    model.initialise(state, soc, ambientKelvin);
  }

  /**
   * How a charge went.
   *
   * @param status not usable when the model failed
   * @param seconds how long it took, s
   * @param minAnodePotentialVolts lowest anode potential, V
   * @param soc state of charge at its end, 0–1
   */
  record Run(SolveStatus status, double seconds, double minAnodePotentialVolts, double soc) {}

  /**
   * Charges until a state of charge, or until the anode potential falls below a floor.
   *
   * @param amps current, A
   * @param untilSoc where to end, 0–1
   * @param floorVolts anode potential that ends the run, V; −∞ for none
   */
  Run run(double amps, double untilSoc, double floorVolts) {
    double seconds = 0.0;
    double minAnode = Double.POSITIVE_INFINITY;
    double soc = model.soc(state);
    for (int i = 0; soc < untilSoc; i++) {
      double dt = i < FIRST_STEPS_SECONDS.length ? FIRST_STEPS_SECONDS[i] : STEP_SECONDS;
      SolveStatus status = step(amps, dt);
      if (!status.isUsable()) {
        return new Run(status, seconds, minAnode, soc);
      }
      seconds += dt;
      soc = outputs.soc;
      minAnode = Math.min(minAnode, outputs.anodePotentialVolts);
      if (minAnode < floorVolts) {
        break;
      }
      if (seconds > LONGEST_SECONDS) {
        return new Run(SolveStatus.ITERATION_LIMIT, seconds, minAnode, soc);
      }
    }
    return new Run(SolveStatus.OK, seconds, minAnode, soc);
  }

  private SolveStatus step(double amps, double dt) {
    before.copyFrom(state);
    SolveStatus status = step(P2dControl.CURRENT, amps, dt);
    if (status.isUsable() && outputs.voltageVolts <= maxVoltageVolts) {
      return status;
    }
    state.copyFrom(before);
    return step(P2dControl.VOLTAGE, maxVoltageVolts, dt);
  }

  private SolveStatus step(P2dControl control, double value, double dt) {
    return P2dStepper.step(model, state, control, value, dt, ambientKelvin, workspace, outputs);
  }
}
