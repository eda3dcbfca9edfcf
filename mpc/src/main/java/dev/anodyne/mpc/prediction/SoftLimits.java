package dev.anodyne.mpc.prediction;

/**
 * The soft limits in force and the offsets between the model's outputs and the belief, one of each
 * a {@link ConstraintClass}. Mutable, filled once a decision.
 *
 * <p>The temperature, which is slow, counts from {@value #TEMPERATURE_FROM_SECONDS} s ahead on;
 * {@link TemperatureCeiling} says why, and what keeps the time before.
 *
 * <p>A violation that cannot be avoided may persist only for a while: what one slack allows at the
 * first step shrinks along the horizon to a tenth. Otherwise one unavoidable step would set all
 * later ones free.
 */
public final class SoftLimits {
  private static final double SHRINK_SECONDS = 60.0;
  private static final double SHRINK_FLOOR = 0.1;
  private static final double TEMPERATURE_FROM_SECONDS = TemperatureCeiling.HOLD_SECONDS;

  private final double[] limit = new double[ConstraintClass.count()];
  private final double[] offset = new double[ConstraintClass.count()];
  private final double[] share;
  private final int firstTemperatureStep;

  /** For the steps of a horizon. */
  public SoftLimits(HorizonGrid grid) {
    share = new double[grid.steps()];
    for (int k = 0; k < share.length; k++) {
      share[k] = Math.max(SHRINK_FLOOR, Math.exp(-grid.stepEndSeconds(k) / SHRINK_SECONDS));
    }
    int first = 0;
    while (first < share.length - 1 && grid.stepEndSeconds(first) < TEMPERATURE_FROM_SECONDS) {
      first++;
    }
    firstTemperatureStep = first;
  }

  /** Sets one class: its limit and what to add to the model's output, in the output's unit. */
  public void set(ConstraintClass constraint, double limitValue, double offsetValue) {
    limit[constraint.ordinal()] = limitValue;
    offset[constraint.ordinal()] = offsetValue;
  }

  /** What to add to the model's output, in its unit. */
  public double offset(ConstraintClass constraint) {
    return offset[constraint.ordinal()];
  }

  /** Share of a class's slack that a step may use, 0.1–1. */
  public double slackShare(int step) {
    return share[step];
  }

  /**
   * How far a model output is beyond its limit at the end of a step, in slack units; negative
   * within, −∞ where the limit does not count.
   */
  public double excess(ConstraintClass constraint, int step, double modelValue) {
    return constraint == ConstraintClass.TEMPERATURE && step < firstTemperatureStep
        ? Double.NEGATIVE_INFINITY
        : excess(constraint, modelValue);
  }

  /** How far a model output is beyond its limit, in slack units; negative within. */
  public double excess(ConstraintClass constraint, double modelValue) {
    int i = constraint.ordinal();
    return constraint.sign() * constraint.scale() * (modelValue + offset[i] - limit[i]);
  }

  /** Slack that a forecast needs. */
  public double slack(ConstraintClass constraint, Forecast forecast) {
    double slack = 0.0;
    for (int k = 0; k < share.length; k++) {
      slack = Math.max(slack, excess(constraint, k, forecast.value(constraint, k)) / share[k]);
    }
    return slack;
  }
}
