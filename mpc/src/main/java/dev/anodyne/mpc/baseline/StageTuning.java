package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import java.util.List;
import java.util.Objects;

/**
 * Tunes staged charges on the model: from the state the stage before it left, each stage gets the
 * largest current that keeps the anode potential above the margin until the stage ends; and the
 * stages end where the whole charge is fastest.
 */
public final class StageTuning {
  /**
   * Kept above the margin for each C, because the result is driven open loop and the controller's
   * model has no film: that of a fresh cell lowers the anode potential of lgm50 by 1.4 mV per C, V.
   */
  private static final double OPEN_LOOP_VOLTS_PER_C = 0.0016;

  /** A run that falls this far below the margin has told enough, V. */
  static final double HOPELESS_VOLTS = 0.05;

  /** Currents are told apart to this share of the largest one. */
  static final double RESOLUTION = 1e-3;

  /** Widths of the stages fall or grow geometrically by at most this, and to this resolution. */
  private static final double MOST_LOG_RATIO = 0.7;

  private static final double LOG_RATIO_RESOLUTION = 0.1;

  /** A boost lasts from a hundredth to this share of the charge. */
  private static final double LONGEST_BOOST = 0.7;

  private static final double BOOST_RESOLUTION = 0.02;

  /** A charge that cannot be tuned counts as this long, s, so that a search turns away from it. */
  private static final double NEVER_SECONDS = 1e9;

  /**
   * Pulses and rests to choose from, s: multiples of the usual periods. Longer rests are slower in
   * every case (the mean current counts), shorter ones than a period cannot be driven.
   */
  private static final List<double[]> PULSES =
      List.of(new double[] {50, 10}, new double[] {20, 10}, new double[] {10, 10});

  private final ChargeLimits limits;
  private final double startSoc;
  private final ModelCharge charge;
  private final P2dState stageStart;
  private double onSeconds = 1.0;
  private double offSeconds;

  private StageTuning(P2dModel model, ChargeLimits limits, double startSoc) {
    this.limits = limits;
    this.startSoc = startSoc;
    charge = openLoopCharge(model, limits);
    stageStart = model.newState(startSoc, limits.ambientTemperatureKelvin());
  }

  /**
   * Multi-stage charging: stages from start to target whose widths and currents are tuned.
   *
   * @param stageCount number of stages, ≥ 1
   */
  public static StageLaw.Stages multistage(
      P2dModel model, ChargeLimits limits, double startSoc, int stageCount) {
    return new StageTuning(model, limits, startSoc).fastest(stageCount).stages();
  }

  /**
   * Boost charging: a high current first, then one lower current (Notten, Op het Veld, van Beek, J.
   * Power Sources 145 (2005) 89). Length of the boost and both currents are tuned together: a boost
   * at the full current leaves so little room that all the rest is slow.
   */
  public static StageLaw.Stages boost(P2dModel model, ChargeLimits limits, double startSoc) {
    StageTuning tuning = new StageTuning(model, limits, startSoc);
    double width = limits.targetSoc() - startSoc;
    double share =
        Tuning.minimum(
            s -> tuning.tune(startSoc + s * width, limits.targetSoc()).seconds(),
            0.01,
            LONGEST_BOOST,
            BOOST_RESOLUTION);
    return tuning.tune(startSoc + share * width, limits.targetSoc()).stages();
  }

  /**
   * Pulse charging by stages: lengths of pulse and rest, and the stages as in {@link #multistage}.
   *
   * @param periodSeconds control period: pulses are no shorter
   */
  public static PulseLaw.Pulses pulse(
      P2dModel model, ChargeLimits limits, double startSoc, int stageCount, double periodSeconds) {
    double scale = Math.max(1.0, periodSeconds / 10.0);
    PulseLaw.Pulses best = null;
    double bestSeconds = Double.POSITIVE_INFINITY;
    for (double[] pulse : PULSES) {
      StageTuning tuning = new StageTuning(model, limits, startSoc);
      tuning.onSeconds = scale * pulse[0];
      tuning.offSeconds = scale * pulse[1];
      Tuned tuned = tuning.tune(tuning.ends(stageCount, 0.0));
      if (best == null || tuned.seconds() < bestSeconds) {
        bestSeconds = tuned.seconds();
        best = new PulseLaw.Pulses(tuned.stages(), tuning.onSeconds, tuning.offSeconds);
      }
    }
    return Objects.requireNonNull(best);
  }

  private record Tuned(StageLaw.Stages stages, double seconds) {}

  private Tuned fastest(int stageCount) {
    double logRatio =
        stageCount == 1
            ? 0.0
            : Tuning.minimum(
                r -> tune(ends(stageCount, r)).seconds(),
                -MOST_LOG_RATIO,
                MOST_LOG_RATIO,
                LOG_RATIO_RESOLUTION);
    return tune(ends(stageCount, logRatio));
  }

  /** Ends of stages whose widths grow by e^logRatio from one to the next. */
  private double[] ends(int stageCount, double logRatio) {
    double[] until = new double[stageCount];
    double sum = 0.0;
    for (int i = 0; i < stageCount; i++) {
      sum += Math.exp(logRatio * i);
      until[i] = sum;
    }
    for (int i = 0; i < stageCount; i++) {
      until[i] = startSoc + (limits.targetSoc() - startSoc) * until[i] / sum;
    }
    until[stageCount - 1] = limits.targetSoc();
    return until;
  }

  private Tuned tune(double... untilSoc) {
    charge.rest(startSoc);
    double[] amps = new double[untilSoc.length];
    double seconds = 0.0;
    for (int i = 0; i < amps.length; i++) {
      amps[i] = largest(untilSoc[i]);
      seconds += amps[i] > 0.0 ? run(amps[i], untilSoc[i]).seconds() : NEVER_SECONDS;
    }
    return new Tuned(new StageLaw.Stages(untilSoc, amps), seconds);
  }

  /** Largest current for the stage that begins at the present state, where the state is left. */
  private double largest(double untilSoc) {
    stageStart.copyFrom(charge.state());
    double begin = charge.seconds();
    double highest = limits.maxChargeCurrentAmps();
    double amps =
        Tuning.largest(
            a -> {
              charge.restore(stageStart, begin);
              return room(run(a, untilSoc + onePulseSoc(a)), limits);
            },
            restRoom(charge, limits),
            highest,
            RESOLUTION * highest);
    charge.restore(stageStart, begin);
    return amps;
  }

  /** A charge of the model that keeps back what an open-loop charge must. */
  static ModelCharge openLoopCharge(P2dModel model, ChargeLimits limits) {
    double perAmp = OPEN_LOOP_VOLTS_PER_C / model.cell().nominalCapacityAmpHours();
    return new ModelCharge(
        model, limits.maxVoltageVolts(), limits.ambientTemperatureKelvin(), perAmp);
  }

  /** Anode potential above what must be kept, V; far below 0 when the model failed. */
  static double room(ModelCharge.Run run, ChargeLimits limits) {
    return run.status().isUsable()
        ? run.minAnodePotentialVolts() - limits.minAnodePotentialVolts()
        : -HOPELESS_VOLTS;
  }

  /** Room of the state as it is, without current, V. */
  static double restRoom(ModelCharge charge, ChargeLimits limits) {
    return charge.restAnodePotentialVolts() - limits.minAnodePotentialVolts();
  }

  /** Where a run may end early, V. */
  static double floor(ChargeLimits limits) {
    return limits.minAnodePotentialVolts() - HOPELESS_VOLTS;
  }

  /** A stage may end at any moment of a pulse: the whole of its last one must be allowed. */
  private double onePulseSoc(double amps) {
    return offSeconds > 0.0
        ? amps * onSeconds / (3600.0 * charge.model().cell().nominalCapacityAmpHours())
        : 0.0;
  }

  private ModelCharge.Run run(double amps, double untilSoc) {
    PulseLaw.Pulses shape =
        new PulseLaw.Pulses(
            new StageLaw.Stages(new double[] {1.0}, new double[] {amps}), onSeconds, offSeconds);
    return charge.run((t, o) -> shape.isOn(t) ? amps : 0.0, untilSoc, floor(limits));
  }
}
