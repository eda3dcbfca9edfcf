package dev.anodyne.estimators.training;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the current of a calibration session: constant, staged, random or pulsed rates as far as
 * the anode's true potential stays above a floor, or riding close to 0 V, half of the riders by the
 * truth and half by the estimator's own bound, as a controller does.
 */
final class CalibrationCharge {
  private static final double RAMP_PER_SECOND = 0.3;
  private static final double GAIN = 0.3;
  private static final double VOLTS_PER_C = 0.045;
  private static final double ACTIVATION_KELVIN = 3000;
  private static final double WARM_KELVIN = 298.15;
  private static final double WARMEST_KELVIN = 333;
  private static final double RATE_PER_KELVIN = 0.8;
  private static final double CELL_OHM_AH = 0.15;

  private enum Kind {
    RIDER,
    BOUND_RIDER,
    CONSTANT,
    STAGES,
    STEPS,
    PULSES
  }

  /** Riders count double: estimates matter most where they are. */
  private static final Kind[] KINDS = {
    Kind.RIDER,
    Kind.CONSTANT,
    Kind.BOUND_RIDER,
    Kind.STAGES,
    Kind.RIDER,
    Kind.STEPS,
    Kind.BOUND_RIDER,
    Kind.PULSES
  };

  private final RandomGenerator random;
  private final Kind kind;
  private final double highest;
  private final double floor;
  private final double maxVolts;
  private double level;
  private double levelUntil;
  private double held;
  private double heldUntil;
  private double rate;

  CalibrationCharge(
      Population population, int turn, double upperCutOffVolts, RandomGenerator random) {
    this.random = random;
    Kind drawn = KINDS[turn % KINDS.length];
    boolean rides = drawn == Kind.RIDER || drawn == Kind.BOUND_RIDER;
    kind = population == Population.REFERENCE && !rides ? Kind.RIDER : drawn;
    highest =
        population == Population.BEYOND_FAST
            ? 4.0
            : kind == Kind.CONSTANT ? 1 + random.nextInt(3) : 3.0;
    floor = Population.between(random, -0.03, 0);
    maxVolts = upperCutOffVolts;
  }

  /**
   * The C-rate of the next step.
   *
   * @param seconds since the current came on
   * @param soc true, 0–1
   * @param weakest true state of the weakest cell
   * @param volts highest cell voltage
   * @param belief the estimator's last word
   */
  double next(
      double seconds,
      double dt,
      double soc,
      P2dOutputs weakest,
      double volts,
      @Nullable CellEstimate belief) {
    double kelvin = weakest.temperatureKelvin;
    double wanted = Math.min(wanted(seconds, soc), RATE_PER_KELVIN * (WARMEST_KELVIN - kelvin));
    double perC =
        VOLTS_PER_C * Math.exp(ACTIVATION_KELVIN * Math.max(0, 1 / kelvin - 1 / WARM_KELVIN));
    double anode =
        kind == Kind.BOUND_RIDER && belief != null && belief.valid()
            ? belief.anodePotentialLowerBoundVolts()
            : weakest.anodePotentialVolts;
    double room = (anode - level(seconds)) / perC;
    double next =
        Math.min(Math.max(wanted, 0.2), rate + Math.min(GAIN * room, RAMP_PER_SECOND * dt));
    next = Math.min(next, rate + 0.5 * (maxVolts - volts) / CELL_OHM_AH);
    rate = Math.max(next, 0.0);
    return wanted == 0.0 ? 0.0 : rate;
  }

  private double wanted(double seconds, double soc) {
    return switch (kind) {
      case RIDER, BOUND_RIDER, CONSTANT -> highest;
      case STAGES -> highest * (soc < 0.3 ? 1 : soc < 0.5 ? 0.7 : soc < 0.65 ? 0.4 : 0.25);
      case STEPS -> step(seconds);
      case PULSES -> seconds % 60 < 40 ? 0.8 * highest : 0.0;
    };
  }

  private double step(double seconds) {
    if (seconds >= heldUntil) {
      heldUntil = seconds + Population.between(random, 30, 300);
      held = random.nextInt(7) == 0 ? 0.0 : highest * random.nextDouble();
    }
    return held;
  }

  private double level(double seconds) {
    if (kind == Kind.BOUND_RIDER) {
      return 0.0;
    }
    if (kind == Kind.RIDER && seconds >= levelUntil) {
      level = Population.between(random, 0.002, 0.02);
      levelUntil = seconds + Population.between(random, 120, 900);
    }
    return kind == Kind.RIDER ? level : floor;
  }
}
