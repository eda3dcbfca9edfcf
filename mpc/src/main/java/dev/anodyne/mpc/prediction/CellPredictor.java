package dev.anodyne.mpc.prediction;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * Asks the cell model "what if this current flowed for so long", always from the same start, which
 * is never changed. Owns its scratch memory; not thread-safe.
 */
public final class CellPredictor {
  private static final double LONGEST_CONTROL_STEP_SECONDS = 1.0;

  private final P2dModel model;
  private final P2dState scratch;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();

  /** A predictor on a model. */
  public CellPredictor(P2dModel model) {
    this.model = model;
    scratch = model.newState(0.5, 298.15);
    workspace = model.newWorkspace();
  }

  /** The model asked. */
  public P2dModel model() {
    return model;
  }

  /**
   * Holds a current.
   *
   * @param from start. Not modified.
   * @param amps charge current, A
   * @param seconds how long, s
   * @param ambientKelvin ambient temperature, K
   * @return whether {@link #outputs()} may be read
   */
  public SolveStatus afterCurrent(
      P2dState from, double amps, double seconds, double ambientKelvin) {
    return after(from, P2dControl.CURRENT, amps, seconds, ambientKelvin);
  }

  /**
   * The same for a decision's period. One of up to a second is a step of known work ({@link
   * P2dStepper#controlStep}: less than 0.1 mV off), whatever the current jumps by; a longer one is
   * as {@link #afterCurrent}.
   *
   * @param from start. Not modified.
   * @param amps charge current, A
   * @param seconds how long, s
   * @param ambientKelvin ambient temperature, K
   */
  public SolveStatus afterPeriod(P2dState from, double amps, double seconds, double ambientKelvin) {
    if (seconds > LONGEST_CONTROL_STEP_SECONDS) {
      return afterCurrent(from, amps, seconds, ambientKelvin);
    }
    scratch.copyFrom(from);
    return checked(
        P2dStepper.controlStep(
            model, scratch, P2dControl.CURRENT, amps, seconds, ambientKelvin, workspace, outputs));
  }

  /**
   * Holds any quantity, for a model that is to be inverted: {@link #outputs()} then tell the
   * current that flows at the end.
   *
   * @param from start. Not modified.
   * @param control what is held
   * @param value its value in A, V or W
   * @param seconds how long, s
   * @param ambientKelvin ambient temperature, K
   */
  public SolveStatus after(
      P2dState from, P2dControl control, double value, double seconds, double ambientKelvin) {
    scratch.copyFrom(from);
    return checked(
        P2dStepper.step(
            model, scratch, control, value, seconds, ambientKelvin, workspace, outputs));
  }

  /**
   * What a state shows under a current at this very instant: the potentials alone, no time passes.
   *
   * @param state Not modified.
   * @param amps charge current, A
   */
  public SolveStatus now(P2dState state, double amps) {
    return checked(P2dStepper.outputs(model, state, amps, workspace, outputs));
  }

  /** The state that the last {@link #afterCurrent} led to. Overwritten by the next question. */
  public P2dState end() {
    return scratch;
  }

  /** Outputs of the last question. Overwritten by the next one. */
  public P2dOutputs outputs() {
    return outputs;
  }

  private SolveStatus checked(SolveStatus status) {
    return status.isUsable() && !outputsAreFinite() ? SolveStatus.NUMERICAL_FAILURE : status;
  }

  private boolean outputsAreFinite() {
    return Double.isFinite(outputs.chargeCurrentAmps)
        && Double.isFinite(outputs.voltageVolts)
        && Double.isFinite(outputs.anodePotentialVolts)
        && Double.isFinite(outputs.temperatureKelvin)
        && Double.isFinite(outputs.soc);
  }
}
