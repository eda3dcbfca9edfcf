package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.AnodeCeiling;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.OutputOffsets;

/**
 * Charging by inversion of the electrochemical-thermal model, without any optimisation: the model
 * is solved one period ahead with the anode potential held at its margin, and once more with the
 * voltage held at its limit; it answers with the currents that do so, and the least of them flows.
 * The temperature, which is slow and all but quadratic in the current, is inverted half a minute
 * ahead. After Li, Wik, Huang, Zou, "Nonlinear model inversion-based output tracking control for
 * battery fast charging", IEEE Trans. Control Syst. Technol. 32 (2024) 225.
 *
 * <p>Offsets, and what a rise of the current keeps, are those of {@link RiderLaw}; that one
 * searches a constant current whose end meets the limits, this one takes the current at the end of
 * a period in which a limit is met throughout.
 */
public final class InversionLaw implements CurrentLaw {
  private static final double VOLTAGE_BACKOFF_VOLTS = 0.002;
  private static final double RISE_VOLTS_PER_C = 0.010;
  private static final double TEMPERATURE_LOOKAHEAD_SECONDS = 30.0;
  private static final double TEMPERATURE_BACKOFF_KELVIN = 0.1;
  private static final double ANODE_RISE_SECONDS = 5.0;
  private static final double TEMPERATURE_FILTER_SECONDS = 20.0;

  /** What a rise costs depends on the rise: solved by substitution, which gains a factor of six. */
  private static final int RISE_ROUNDS = 3;

  private static final int HALVINGS = 14;

  private final CellPredictor predictor;
  private final AnodeCeiling anodeCeiling;
  private final OutputOffsets offsets;
  private final double periodSeconds;
  private final double risePerAmp;
  private ActiveConstraint explanation = ActiveConstraint.NONE;

  /** An inversion of a cell's model that decides every {@code periodSeconds}. */
  public InversionLaw(P2dModel model, double periodSeconds) {
    predictor = new CellPredictor(model);
    anodeCeiling = new AnodeCeiling(model, periodSeconds);
    this.periodSeconds = periodSeconds;
    double oneCAmps = model.cell().nominalCapacityAmpHours();
    offsets = new OutputOffsets(oneCAmps, ANODE_RISE_SECONDS, TEMPERATURE_FILTER_SECONDS);
    risePerAmp = RISE_VOLTS_PER_C / oneCAmps;
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    explanation = ActiveConstraint.CURRENT;
    if (!offsets.update(estimate, predictor).isUsable()) {
      return Double.NaN;
    }
    double amps = limits.maxChargeCurrentAmps();
    if (!keepsPotentials(estimate, limits, amps, presentAmps)) {
      double byAnode = byAnode(estimate, limits, presentAmps);
      double byVoltage = byVoltage(estimate, limits);
      double least = Math.min(byAnode, byVoltage);
      explanation =
          byAnode <= byVoltage ? ActiveConstraint.ANODE_POTENTIAL : ActiveConstraint.VOLTAGE;
      amps = Double.isNaN(least) ? bisected(estimate, limits, presentAmps) : Math.min(amps, least);
    }
    amps = Math.max(0.0, amps);
    // What the model has not shown yet is taken in halves, as the optimising controller does.
    double ceiling = anodeCeiling.amps(estimate, limits, offsets, presentAmps, amps);
    if (ceiling < amps) {
      amps = ceiling;
      explanation = ActiveConstraint.ANODE_POTENTIAL;
    }
    return byTemperature(estimate, limits, amps);
  }

  @Override
  public ActiveConstraint explanation() {
    return explanation;
  }

  private double lowestAnode(ChargeLimits limits, double amps, double presentAmps) {
    return limits.minAnodePotentialVolts()
        + risePerAmp * Math.max(0.0, amps - presentAmps)
        - offsets.anodePotentialVolts();
  }

  private double highestVolts(ChargeLimits limits) {
    return limits.maxVoltageVolts() - VOLTAGE_BACKOFF_VOLTS - offsets.voltageVolts();
  }

  private boolean keepsPotentials(
      CellEstimate estimate, ChargeLimits limits, double amps, double presentAmps) {
    return predictor
            .afterCurrent(
                estimate.twinState(), amps, periodSeconds, limits.ambientTemperatureKelvin())
            .isUsable()
        && predictor.outputs().anodePotentialVolts >= lowestAnode(limits, amps, presentAmps)
        && predictor.outputs().voltageVolts <= highestVolts(limits);
  }

  /** The current with the anode potential held where it must stay; NaN when there is no answer. */
  private double byAnode(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double amps = presentAmps;
    for (int i = 0; i < RISE_ROUNDS; i++) {
      double before = amps;
      amps =
          held(
              estimate,
              limits,
              P2dControl.ANODE_POTENTIAL,
              lowestAnode(limits, before, presentAmps));
      if (Double.isNaN(amps) || (amps <= presentAmps && before <= presentAmps)) {
        break;
      }
    }
    return amps;
  }

  private double byVoltage(CellEstimate estimate, ChargeLimits limits) {
    return held(estimate, limits, P2dControl.VOLTAGE, highestVolts(limits));
  }

  private double held(
      CellEstimate estimate, ChargeLimits limits, P2dControl control, double value) {
    SolveStatus status =
        predictor.after(
            estimate.twinState(), control, value, periodSeconds, limits.ambientTemperatureKelvin());
    return status.isUsable() ? predictor.outputs().chargeCurrentAmps : Double.NaN;
  }

  /** Where the model cannot be inverted (far beyond all currents): by halving, from below. */
  private double bisected(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double low = 0.0;
    double high = limits.maxChargeCurrentAmps();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (low + high);
      if (keepsPotentials(estimate, limits, middle, presentAmps)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** T(I) = T(0) + (T(I₁) − T(0))·(I/I₁)², solved for the temperature that is allowed. */
  private double byTemperature(CellEstimate estimate, ChargeLimits limits, double amps) {
    double highest =
        limits.maxTemperatureKelvin() - TEMPERATURE_BACKOFF_KELVIN - offsets.temperatureKelvin();
    double warm = temperatureAfter(estimate, limits, amps);
    if (warm <= highest || amps <= 0.0) {
      return amps;
    }
    double cool = temperatureAfter(estimate, limits, 0.0);
    explanation = ActiveConstraint.TEMPERATURE;
    if (Double.isNaN(warm) || Double.isNaN(cool)) {
      return Double.NaN;
    }
    double share = (highest - cool) / (warm - cool);
    if (!(share > 0.0)) {
      return 0.0;
    }
    double less = amps * Math.sqrt(share);
    // Heat is not quite quadratic (reversible heat, kinetics): once more from nearby.
    double near = temperatureAfter(estimate, limits, less);
    double again = (highest - cool) / (near - cool);
    return again > 0.0 ? Math.min(amps, less * Math.sqrt(again)) : less;
  }

  private double temperatureAfter(CellEstimate estimate, ChargeLimits limits, double amps) {
    P2dState state = estimate.twinState();
    double seconds = Math.max(periodSeconds, TEMPERATURE_LOOKAHEAD_SECONDS);
    SolveStatus status =
        predictor.afterCurrent(state, amps, seconds, limits.ambientTemperatureKelvin());
    return status.isUsable() ? predictor.outputs().temperatureKelvin : Double.NaN;
  }
}
