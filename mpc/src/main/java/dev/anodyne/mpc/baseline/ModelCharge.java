package dev.anodyne.mpc.baseline;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * A charge of the model alone, by a current with the voltage limit on top, for laws that are
 * derived from the model before a charge. Owns its memory; not thread-safe.
 */
final class ModelCharge {
  /**
   * Step of the simulation, s; inside it is cut where its error asks for it. Within it the anode
   * potential of a steady current falls by less than 0.1 mV.
   */
  static final double STEP_SECONDS = 10.0;

  /** After a change of current the electrolyte needs seconds: the first steps are shorter, s. */
  private static final double[] FIRST_STEPS_SECONDS = {0.5, 1.5, 3.0, 5.0};

  /** A charge that has not ended after this long never will, s. */
  private static final double LONGEST_SECONDS = 100.0 * 3600.0;

  private final P2dModel model;
  private final double maxVoltageVolts;
  private final double ambientKelvin;
  private final double voltsPerAmp;
  private final P2dState state;
  private final P2dState before;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();
  private double seconds;

  ModelCharge(P2dModel model, double maxVoltageVolts, double ambientKelvin) {
    this(model, maxVoltageVolts, ambientKelvin, 0.0);
  }

  /**
   * A charge that keeps something back for what the model leaves out.
   *
   * @param voltsPerAmp taken off the anode potential for each ampere, V/A
   */
  ModelCharge(P2dModel model, double maxVoltageVolts, double ambientKelvin, double voltsPerAmp) {
    this.model = model;
    this.voltsPerAmp = voltsPerAmp;
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
    seconds = 0.0;
  }

  /**
   * How a charge went.
   *
   * @param status not usable when the model failed
   * @param seconds how long it took, s; within the last step by interpolation
   * @param minAnodePotentialVolts lowest anode potential, less what is kept back, V
   * @param soc state of charge at its end, 0–1
   */
  record Run(SolveStatus status, double seconds, double minAnodePotentialVolts, double soc) {}

  /** Anode potential of the present state without current, V; NaN when the model has no answer. */
  double restAnodePotentialVolts() {
    SolveStatus status = P2dStepper.outputs(model, state, 0.0, workspace, outputs);
    return status.isUsable() ? outputs.anodePotentialVolts : Double.NaN;
  }

  /** Time since {@link #rest}, s. */
  double seconds() {
    return seconds;
  }

  /** Goes back to a state and the time that belongs to it. */
  void restore(P2dState then, double thenSeconds) {
    state.copyFrom(then);
    seconds = thenSeconds;
  }

  /** Which current flows when. */
  @FunctionalInterface
  interface Drive {
    /** Current of the next step, A; the outputs are those of the last one. */
    double amps(double seconds, P2dOutputs outputs);
  }

  /**
   * Charges until a state of charge, or until the anode potential falls below a floor.
   *
   * @param amps current, A
   * @param untilSoc where to end, 0–1
   * @param floorVolts anode potential that ends the run, V; −∞ for none
   */
  Run run(double amps, double untilSoc, double floorVolts) {
    return run((t, o) -> amps, untilSoc, floorVolts);
  }

  /** The same with a current that changes. */
  Run run(Drive drive, double untilSoc, double floorVolts) {
    double begin = seconds;
    double minAnode = Double.POSITIVE_INFINITY;
    double soc = model.soc(state);
    P2dStepper.outputs(model, state, 0.0, workspace, outputs);
    for (int i = 0; soc < untilSoc; i++) {
      double dt = i < FIRST_STEPS_SECONDS.length ? FIRST_STEPS_SECONDS[i] : STEP_SECONDS;
      SolveStatus status = step(drive.amps(seconds, outputs), dt);
      if (!status.isUsable()) {
        return new Run(status, seconds - begin, minAnode, soc);
      }
      double gained = outputs.soc - soc;
      soc = outputs.soc;
      seconds += dt;
      double kept = voltsPerAmp * outputs.chargeCurrentAmps;
      minAnode = Math.min(minAnode, outputs.anodePotentialVolts - kept);
      if (soc >= untilSoc && gained > 0.0) {
        double past = dt * (soc - untilSoc) / gained;
        return new Run(status, seconds - begin - past, minAnode, soc);
      }
      if (minAnode < floorVolts) {
        break;
      }
      if (seconds - begin > LONGEST_SECONDS) {
        return new Run(SolveStatus.ITERATION_LIMIT, seconds - begin, minAnode, soc);
      }
    }
    return new Run(SolveStatus.OK, seconds - begin, minAnode, soc);
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
