package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.CellLimit;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dInterpolation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * One cell on its way through a load: a kept state, what is held from there on, and a sub-step
 * tried from it that can be redone. Allocates nothing once made.
 */
final class CellRun {
  /** The first instant where the algebraic equations alone are not solved, s. */
  private static final double GLANCE_SECONDS = 1e-3;

  /** Where not even that has a solution (surfaces outside 0…1 after an extreme current), s. */
  private static final double LONGEST_GLANCE_SECONDS = 1.01;

  /** A jump of the current below this share of 1C is none. */
  private static final double SAME_SHARE = 1e-12;

  private final P2dModel model;
  private final double ambientKelvin;
  private final P2dWorkspace workspace;
  private SolveStatus status = SolveStatus.OK;
  private final P2dInterpolation interpolation;
  private P2dState kept;
  private P2dState tried;
  private Reading begin;
  private Reading end;
  private boolean beginIsKnown = true;
  private boolean jumps = true;

  private P2dControl control = P2dControl.CURRENT;
  private double value;
  private double valuePerSecond;
  private double seconds;
  private double ampSeconds;
  private double joules;
  private long changes;

  CellRun(P2dModel model, double soc, double ambientKelvin, boolean withParts) {
    this.model = model;
    this.ambientKelvin = ambientKelvin;
    kept = model.newState(soc, ambientKelvin);
    tried = model.newState(soc, ambientKelvin);
    workspace = model.newWorkspace();
    interpolation = new P2dInterpolation(model);
    begin = Reading.empty(withParts);
    end = Reading.empty(withParts);
    if (!glanceNow()) {
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

  /**
   * Goes on from another run's state, at rest for an instant.
   *
   * @param other Not modified; of the same model.
   */
  void copyFrom(CellRun other) {
    kept.copyFrom(other.kept);
    beginIsKnown = false;
    hold(P2dControl.CURRENT, 0, 0);
  }

  /** From now on this is held; the values at the beginning are read when they are asked for. */
  void hold(P2dControl newControl, double newValue, double newValuePerSecond) {
    boolean goesOn =
        newControl == P2dControl.CURRENT
            && Math.abs(newValue - begin.outputs().chargeCurrentAmps)
                <= SAME_SHARE * model.cell().nominalCapacityAmpHours();
    beginIsKnown = beginIsKnown && goesOn;
    jumps = jumps || !goesOn;
    control = newControl;
    value = newValue;
    valuePerSecond = newValuePerSecond;
    changes++;
  }

  /** Reads the first instant under what is held; false when there is no solution. */
  boolean glance() {
    beginIsKnown = beginIsKnown || glanceNow() || glanceByStep();
    return beginIsKnown;
  }

  private boolean glanceNow() {
    status = P2dStepper.outputs(model, kept, control, value, workspace, begin.outputs());
    return status.isUsable() && readParts(begin);
  }

  /** The voltage's parts after a call that leaves the state as it was. */
  private boolean readParts(Reading reading) {
    if (reading.parts() != null) {
      reading.parts().readFrozen(model, workspace);
    }
    return true;
  }

  /** What the cell is at the end of, after something that could not be done. */
  CellLimit limit() {
    return status == SolveStatus.NUMERICAL_FAILURE || workspace.limit() != CellLimit.NONE
        ? workspace.limit()
        : PhaseLimits.of(begin.outputs());
  }

  private boolean glanceByStep() {
    double ahead = GLANCE_SECONDS;
    while (!land(ahead)) {
      ahead *= 10;
      if (status != SolveStatus.NUMERICAL_FAILURE || ahead > LONGEST_GLANCE_SECONDS) {
        return false;
      }
    }
    Reading old = begin;
    begin = end;
    end = old;
    return true;
  }

  /** Takes the sub-step tried over for {@link #interpolate}; right after it was tried. */
  void prepare() {
    interpolation.next(tried, control, value, valuePerSecond, seconds, workspace);
  }

  /** Where what is held has jumped; false when there is no solution. */
  boolean interpolateFromJump() {
    return interpolation.jump(kept, ambientKelvin, workspace);
  }

  /** Values inside the prepared sub-step; false when there is no solution. */
  boolean interpolate(double after, Reading into) {
    return interpolation.at(after, workspace, into.outputs()).isUsable() && readParts(into);
  }

  /** How far ahead the next two look, s. */
  double aheadSeconds() {
    return interpolation.aheadSeconds();
  }

  /** Values shortly after the beginning of the prepared sub-step; false without a solution. */
  boolean afterBegin(Reading into) {
    return interpolation.afterBegin(workspace, into.outputs()).isUsable() && readParts(into);
  }

  /** The same after its end. */
  boolean afterEnd(Reading into) {
    return interpolation.afterEnd(workspace, into.outputs()).isUsable() && readParts(into);
  }

  /**
   * Tries a sub-step from the kept state, as long as the error control allows.
   *
   * @return false when there is no solution, or none inside the phases' limits: then {@link
   *     #triedSeconds} is the length that went too far, 0 when nothing could be solved
   */
  boolean tryFreely(double maxSeconds) {
    restart();
    return advance(maxSeconds) && isInside();
  }

  /** Tries to land at a time after the kept state; false as for {@link #tryFreely}. */
  boolean land(double atSeconds) {
    restart();
    while (seconds < atSeconds) {
      if (!advance(atSeconds - seconds)) {
        return false;
      }
      if (atSeconds - seconds < 1e-14 * atSeconds) {
        seconds = atSeconds;
      }
    }
    return isInside();
  }

  private void restart() {
    seconds = 0;
    ampSeconds = 0;
    joules = 0;
    tried.copyFrom(kept);
  }

  private boolean advance(double maxSeconds) {
    double from = value + valuePerSecond * seconds;
    status =
        P2dStepper.subStep(
            model,
            tried,
            control,
            from,
            valuePerSecond,
            maxSeconds,
            ambientKelvin,
            workspace,
            end.outputs());
    seconds += workspace.subStepSeconds();
    ampSeconds += workspace.subStepAmpSeconds();
    joules += workspace.subStepJoules();
    return status.isUsable();
  }

  private boolean isInside() {
    return !PhaseLimits.isExhausted(end.outputs());
  }

  /** Makes the end of the sub-step tried the state that the next one starts from. */
  void keep() {
    readEndParts();
    P2dState state = kept;
    kept = tried;
    tried = state;
    Reading reading = begin;
    begin = end;
    end = reading;
    beginIsKnown = true;
    jumps = false;
    value += valuePerSecond * seconds;
    changes++;
  }

  /** Whether what is held has changed at the kept state otherwise than smoothly. */
  boolean jumps() {
    return jumps;
  }

  /** Length of the sub-step tried, s. */
  double triedSeconds() {
    return seconds;
  }

  /** Charge that went into the cell in the sub-step tried, A·s. */
  double triedAmpSeconds() {
    return ampSeconds;
  }

  /** Energy that went into the cell in the sub-step tried, J. */
  double triedJoules() {
    return joules;
  }

  /** Values at the end of the sub-step tried. */
  P2dOutputs tried() {
    return end.outputs();
  }

  /** Values at the end of the sub-step tried, complete with the voltage's parts. */
  Reading end() {
    readEndParts();
    return end;
  }

  private void readEndParts() {
    if (end.parts() != null) {
      end.parts().read(model, tried);
    }
  }

  /** Values at the kept state, once {@link #glance} has seen what is held. */
  Reading begin() {
    return begin;
  }

  /** The kept state. */
  P2dState state() {
    return kept;
  }

  P2dModel model() {
    return model;
  }

  /** Counts what is held anew and sub-steps kept. */
  long changes() {
    return changes;
  }
}
