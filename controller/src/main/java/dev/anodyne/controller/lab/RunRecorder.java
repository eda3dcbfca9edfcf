package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.plantsim.pack.PackState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a run: true extremes over every plant step, one trace row a control period. Not
 * thread-safe.
 */
public final class RunRecorder {
  /** Estimators find their state in this time; their figures start after it. */
  static final double SETTLING_SECONDS = 60.0;

  private final PackLayout layout;
  private final List<TraceRow> trace = new ArrayList<>();
  private final List<TimedPlan> plans = new ArrayList<>();
  private double maxCurrentAmps;
  private double maxVoltageVolts = Double.NEGATIVE_INFINITY;
  private double maxTemperatureKelvin = Double.NEGATIVE_INFINITY;
  private double minAnodePotentialVolts = Double.POSITIVE_INFINITY;
  private double exposureVoltSeconds;
  private double originSeconds;
  private double endSeconds;
  private double endSoc;

  public RunRecorder(PackLayout layout) {
    this.layout = layout;
  }

  /** Takes in the truth after one plant step, the start included. */
  public void step(PackState truth) {
    endSeconds = truth.timeSeconds();
    endSoc = truth.soc();
    maxCurrentAmps = Math.max(maxCurrentAmps, layout.cellAmps(truth.chargeCurrentAmps()));
    maxVoltageVolts = Math.max(maxVoltageVolts, truth.maxCellVoltageVolts());
    maxTemperatureKelvin = Math.max(maxTemperatureKelvin, truth.maxCellTemperatureKelvin());
    minAnodePotentialVolts = Math.min(minAnodePotentialVolts, truth.minAnodePotentialVolts());
    exposureVoltSeconds = truth.platingExposureVoltSeconds();
  }

  /** False after the last step that was taken in: what comes later is not judged. */
  boolean judges(PackState truth) {
    return truth.timeSeconds() <= endSeconds;
  }

  /** The charge begins here: the plant may have rested before anybody came. */
  void beginAt(double plantSeconds) {
    originSeconds = plantSeconds;
  }

  /** Plant time at which the charge began, s. */
  double originSeconds() {
    return originSeconds;
  }

  /** True before the first row. */
  boolean isEmpty() {
    return trace.isEmpty();
  }

  /** Takes in one control period. */
  public void row(TraceRow row) {
    trace.add(row);
  }

  /** Takes in what was planned in a control period; policies that plan nothing leave nothing. */
  public void plan(double timeSeconds, PlanAhead plan) {
    if (plan.length() > 0) {
      plans.add(new TimedPlan(timeSeconds, plan));
    }
  }

  /** True state of charge after the newest plant step, 0–1. */
  public double soc() {
    return endSoc;
  }

  /** True extremes so far. */
  RunLimits.Extremes extremes() {
    return new RunLimits.Extremes(
        maxCurrentAmps, maxVoltageVolts, maxTemperatureKelvin, minAnodePotentialVolts);
  }

  /** Who ran, for the summary. */
  public record Names(
      String label,
      String policy,
      String estimator,
      String cell,
      long seed,
      PolicyIdentity identity) {
    /** Of a run in process. */
    static Names of(String label, ChargeSetup setup, long seed) {
      return new Names(
          label,
          setup.policy(),
          setup.estimator(),
          setup.cell().name(),
          seed,
          Parts.spec(setup).identity());
    }
  }

  /** Sums up. */
  public RunResult finish(Names names, boolean reached, RunLimits limits, long deadlineMisses) {
    double[] errors =
        trace.stream()
            .filter(r -> r.timeSeconds() >= SETTLING_SECONDS)
            .mapToDouble(r -> r.estimatedAnodePotentialVolts() - r.anodePotentialVolts())
            .filter(Double::isFinite)
            .map(e -> e * 1e3)
            .toArray();
    double[] optimistic = Arrays.stream(errors).map(e -> Math.max(0, e)).sorted().toArray();
    double[] solve = trace.stream().mapToDouble(TraceRow::solveMillis).sorted().toArray();
    long fallbacks = trace.stream().filter(r -> isFallback(r.decision())).count();
    ChargeSummary summary =
        new ChargeSummary(
            (endSeconds - originSeconds) / 60,
            endSoc,
            minAnodePotentialVolts,
            exposureVoltSeconds,
            maxVoltageVolts,
            maxTemperatureKelvin - 273.15,
            errors.length == 0
                ? Double.NaN
                : Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElse(Double.NaN)),
            percentile(optimistic, 0.99),
            percentile(solve, 0.50),
            percentile(solve, 0.99),
            percentile(solve, 1.00),
            deadlineMisses,
            trace.isEmpty() ? 0 : (double) fallbacks / trace.size(),
            names.policy(),
            names.estimator(),
            names.cell(),
            names.seed(),
            BuildInfo.version(),
            names.identity());
    return new RunResult(
        names.label(), reached, summary, trace, limits.violations(extremes()), plans);
  }

  /** Anything but the policy's own decision. */
  static boolean isFallback(DecisionSource source) {
    return source != DecisionSource.MPC && source != DecisionSource.BASELINE;
  }

  /** Nearest rank: the smallest value that at least this share of all values does not exceed. */
  static double percentile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }
}
