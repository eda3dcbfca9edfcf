package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;

/**
 * Tunes staged charges on the model: from the state the stage before it left, each stage gets the
 * largest current that keeps the anode potential above the margin until the stage ends.
 */
public final class StageTuning {
  /**
   * Kept above the margin because the result is driven open loop: the anode potential of a cell
   * with a grown film or another state differs by millivolts, V.
   */
  private static final double OPEN_LOOP_VOLTS = 0.003;

  /** Currents are told apart to this share of the largest one. */
  private static final double RESOLUTION = 1e-3;

  private final ModelCharge charge;
  private final ChargeLimits limits;
  private final P2dState stageStart;

  private StageTuning(P2dModel model, ChargeLimits limits, double startSoc) {
    this.limits = limits;
    charge = new ModelCharge(model, limits.maxVoltageVolts(), limits.ambientTemperatureKelvin());
    charge.rest(startSoc);
    stageStart = model.newState(startSoc, limits.ambientTemperatureKelvin());
  }

  /**
   * Multi-stage charging: stages of equal width from start to target.
   *
   * @param stageCount number of stages, ≥ 1
   */
  public static StageLaw.Stages multistage(
      P2dModel model, ChargeLimits limits, double startSoc, int stageCount) {
    StageTuning tuning = new StageTuning(model, limits, startSoc);
    double[] until = new double[stageCount];
    double[] amps = new double[stageCount];
    for (int i = 0; i < stageCount; i++) {
      until[i] = startSoc + (limits.targetSoc() - startSoc) * (i + 1) / stageCount;
      amps[i] = tuning.fastest(until[i]);
    }
    return new StageLaw.Stages(until, amps);
  }

  /** Boost charging: the full current while the margin allows it, then one tuned current. */
  public static StageLaw.Stages boost(P2dModel model, ChargeLimits limits, double startSoc) {
    StageTuning tuning = new StageTuning(model, limits, startSoc);
    double boostSoc = tuning.fullCurrentUntilSoc();
    double[] until = {boostSoc, limits.targetSoc()};
    double[] amps = {limits.maxChargeCurrentAmps(), tuning.fastest(limits.targetSoc())};
    return new StageLaw.Stages(until, amps);
  }

  /** Runs at full current to the margin; leaves the state one simulation step before it. */
  private double fullCurrentUntilSoc() {
    stageStart.copyFrom(charge.state());
    double amps = limits.maxChargeCurrentAmps();
    double margin = limits.minAnodePotentialVolts() + OPEN_LOOP_VOLTS;
    ModelCharge.Run toMargin = charge.run(amps, limits.targetSoc(), margin);
    double perStep =
        amps
            * ModelCharge.STEP_SECONDS
            / (3600.0 * charge.model().cell().nominalCapacityAmpHours());
    double startSoc = charge.model().soc(stageStart);
    double until = Math.max(startSoc, toMargin.soc() - 2.0 * perStep);
    charge.state().copyFrom(stageStart);
    charge.run(amps, until, Double.NEGATIVE_INFINITY);
    return until;
  }

  /** Largest current for the stage that begins at the present state; moves the state to its end. */
  private double fastest(double untilSoc) {
    stageStart.copyFrom(charge.state());
    double free = 0.0;
    double plating = limits.maxChargeCurrentAmps();
    if (isFree(plating, untilSoc)) {
      return plating;
    }
    double resolution = RESOLUTION * plating;
    while (plating - free > resolution) {
      double middle = 0.5 * (free + plating);
      if (isFree(middle, untilSoc)) {
        free = middle;
      } else {
        plating = middle;
      }
    }
    isFree(free, untilSoc);
    return free;
  }

  private boolean isFree(double amps, double untilSoc) {
    if (amps <= 0.0) {
      charge.state().copyFrom(stageStart);
      return true;
    }
    charge.state().copyFrom(stageStart);
    double margin = limits.minAnodePotentialVolts() + OPEN_LOOP_VOLTS;
    ModelCharge.Run run = charge.run(amps, untilSoc, margin);
    return run.status().isUsable() && run.minAnodePotentialVolts() >= margin;
  }
}
