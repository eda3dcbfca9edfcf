package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.baseline.HardLimits;
import dev.anodyne.mpc.prediction.AnodeCeiling;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.HeatObserver;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.prediction.TemperatureCeiling;
import org.jspecify.annotations.Nullable;

/**
 * What a decision starts from: the belief with its offsets, moved on by the charger's dead time to
 * the moment at which the decision counts; the current that flows then; and the limits of the first
 * move and of the time ahead. Not thread-safe.
 */
final class Outset implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NEVER = Long.MIN_VALUE;

  private final KnownAhead known;
  private final CellPredictor present;
  private final CellPredictor deadTime;
  private final OutputOffsets offsets;
  private final AnodeCeiling anodeCeiling;
  private final TemperatureCeiling temperatureCeiling;
  private final HeatObserver heat;
  private final HardLimits hardLimits;
  private final @Nullable FarPlan far;
  private long firstDecisionNanos = NEVER;
  private ActiveConstraint binding = ActiveConstraint.NONE;

  Outset(
      P2dModel model,
      MpcSettings settings,
      KnownAhead known,
      ChargeProgram.ProgramFactory programs) {
    this.known = known;
    MpcSettings.Horizon horizon = settings.horizon();
    present = new CellPredictor(model);
    deadTime = new CellPredictor(model);
    offsets =
        new OutputOffsets(
            model.cell().nominalCapacityAmpHours(),
            settings.search().anodeRiseSeconds(),
            settings.search().temperatureFilterSeconds(),
            settings.doubt());
    anodeCeiling = new AnodeCeiling(model, horizon.periodSeconds(), settings.doubt().provenShare());
    temperatureCeiling = new TemperatureCeiling(present, settings.margins().temperatureKelvin());
    heat = new HeatObserver(model, settings.search().temperatureFilterSeconds());
    hardLimits = new HardLimits(horizon.periodSeconds(), known.chargerDelaySeconds());
    far =
        horizon.farSeconds() > 0.0
            ? new FarPlan(model, settings, horizon.farSeconds(), programs)
            : null;
  }

  /** The limits that every command obeys. */
  HardLimits hardLimits() {
    return hardLimits;
  }

  /** Takes in a belief; not usable when the model or the belief has no numbers. */
  SolveStatus update(CellEstimate estimate, ChargeLimits limits) {
    SolveStatus status = offsets.update(estimate, present);
    if (status.isUsable()) {
      heat.update(estimate, limits.ambientTemperatureKelvin());
      offsets.believeTemperature(heat.kelvin() - present.outputs().temperatureKelvin);
    }
    return status;
  }

  /** Notes when the first decision was asked for: announced caps count from there. */
  void begin(CellEstimate estimate) {
    if (firstDecisionNanos == NEVER) {
      firstDecisionNanos = estimate.timeNanos();
    }
  }

  /** What the next plan starts from. Its parts are overwritten by the next call. */
  SequentialPlanner.Task task(
      CellEstimate estimate, ChargeLimits told, SequentialPlanner.Timer timer) {
    ChargeLimits limits = told.withAmbientRaised(heat.raisedKelvin());
    double amps = hardLimits.presentAmps(estimate, limits);
    double seconds =
        (estimate.timeNanos() - firstDecisionNanos) / NANOS_PER_SECOND
            + known.chargerDelaySeconds();
    SequentialPlanner.Task task =
        new SequentialPlanner.Task(
            estimate,
            stateAtEffect(estimate, limits, amps),
            limits,
            new CapsAhead(known.maxPowerWatts(), seconds, null),
            offsets,
            amps,
            limits.maxChargeCurrentAmps(),
            Double.POSITIVE_INFINITY,
            timer);
    if (far != null) {
      far.update(task);
    }
    CapsAhead caps = new CapsAhead(known.maxPowerWatts(), seconds, far);
    double ceiling = ceilingAmps(task);
    boolean hot = binding == ActiveConstraint.TEMPERATURE;
    return task.with(caps, ceiling, hot ? ceiling : Double.POSITIVE_INFINITY);
  }

  /** Largest current of the next period by hard limits, the anode potential's bound and heat, A. */
  private double ceilingAmps(SequentialPlanner.Task task) {
    CellEstimate estimate = task.estimate();
    ChargeLimits limits = task.limits();
    double hard = hardLimits.ceilingAmps(estimate, limits);
    binding = hardLimits.binding();
    double anode = anodeCeiling.amps(estimate, limits, offsets, task.presentAmps(), hard);
    if (anode < hard) {
      binding = ActiveConstraint.ANODE_POTENTIAL;
    }
    double kelvin = heat.kelvin();
    double cool = temperatureCeiling.amps(task.start(), kelvin, limits, offsets, anode);
    if (cool < anode) {
      binding = ActiveConstraint.TEMPERATURE;
    }
    return cool;
  }

  /** The cell when a command given now begins to count: after the charger's dead time. */
  private P2dState stateAtEffect(CellEstimate estimate, ChargeLimits limits, double ampsThen) {
    double delay = known.chargerDelaySeconds();
    if (delay <= 0.0) {
      return estimate.twinState();
    }
    double meanAmps = 0.5 * (Math.max(0.0, estimate.chargeCurrentAmps()) + ampsThen);
    SolveStatus status =
        deadTime.afterCurrent(
            estimate.twinState(), meanAmps, delay, limits.ambientTemperatureKelvin());
    return status.isUsable() ? deadTime.end() : estimate.twinState();
  }

  /** Whether the far plan asks for less than the limits of the moment allow. */
  boolean savesHeat() {
    return far != null && far.isActive();
  }

  /** What sets the last task's ceiling. */
  ActiveConstraint binding() {
    return binding;
  }

  /** Goes on from another controller's beliefs and commands. */
  void takeOver(Outset other) {
    offsets.takeOver(other.offsets);
    heat.takeOver(other.heat);
    hardLimits.takeOver(other.hardLimits);
    firstDecisionNanos = other.firstDecisionNanos;
  }

  /** After a break offsets and far plan mean nothing. */
  void forget() {
    offsets.reset();
    heat.forget();
    if (far != null) {
      far.forget();
    }
  }

  /** As if no decision had been asked for. */
  void reset() {
    forget();
    offsets.restart();
    heat.reset();
    anodeCeiling.reset();
    hardLimits.zero();
    firstDecisionNanos = NEVER;
  }

  @Override
  public void close() {
    if (far != null) {
      far.close();
    }
  }
}
