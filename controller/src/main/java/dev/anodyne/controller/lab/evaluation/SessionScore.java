package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.estimators.evaluation.IdentityViolations;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How one estimator did in one session. Estimates of the first minute are left out, as everywhere;
 * samples without a valid estimate are counted and otherwise left out.
 */
final class SessionScore {
  /** Where a controller works. */
  static final double NEAR_VOLTS = 0.030;

  /** Columns of {@link #trace}. */
  static final int TRACE_COLUMNS = 4;

  private static final int MOST_TRACE_ROWS = 240;

  final String stratum;
  final Phase phase;
  final int battery;
  final String estimator;
  final String conditions;

  /** Estimate minus truth where the truth is below 30 mV, V: what is above 0 is optimistic. */
  final Values nearErrors = new Values();

  /** Truth minus bound, V. */
  final Values gaps = new Values();

  /** Time of one update, µs. */
  final Values updateMicros = new Values();

  /** Rows of time s, truth V, estimate V, bound V. */
  final Values trace = new Values();

  private final Map<Quantity, Accuracy> accuracies = new EnumMap<>(Quantity.class);
  private final int traceStride;
  private IdentityViolations violations = IdentityViolations.NONE;
  private int judged;
  private int withoutEstimate;
  private int inRange;
  private int above;
  private double squares;
  private double largest;
  private double sum;
  private double socError = Double.NaN;
  private double lowest = Double.POSITIVE_INFINITY;
  private boolean aboveAtLowest = true;

  /**
   * @param note what else to say about the conditions; may be empty
   */
  SessionScore(
      Battery battery, Phase phase, Charge charge, String estimator, String note, int samples) {
    this(
        battery.stratum().name(),
        phase,
        battery.number(),
        estimator,
        battery.layout() + ", " + charge.text() + note,
        samples);
  }

  SessionScore(
      String stratum, Phase phase, int battery, String estimator, String conditions, int samples) {
    this.stratum = stratum;
    this.phase = phase;
    this.battery = battery;
    this.estimator = estimator;
    this.conditions = conditions;
    for (Quantity q : Quantity.values()) {
      accuracies.put(q, new Accuracy(q));
    }
    traceStride = Math.max(1, (samples + MOST_TRACE_ROWS - 1) / MOST_TRACE_ROWS);
  }

  /** Takes in one sample after the first minute. */
  void add(int sample, Truth truth, CellEstimate e, double micros) {
    updateMicros.add(micros);
    if (!e.valid()) {
      withoutEstimate++;
      return;
    }
    double error = e.anodePotentialVolts() - truth.anodePotentialVolts();
    double gap = truth.anodePotentialVolts() - e.anodePotentialLowerBoundVolts();
    judged++;
    inRange += e.inRange() ? 1 : 0;
    squares += error * error;
    sum += error;
    largest = Math.max(largest, Math.abs(error));
    above += gap >= 0 ? 1 : 0;
    gaps.add(gap);
    if (truth.anodePotentialVolts() < NEAR_VOLTS) {
      nearErrors.add(error);
    }
    if (truth.anodePotentialVolts() < lowest) {
      lowest = truth.anodePotentialVolts();
      aboveAtLowest = gap >= 0;
    }
    accuracies.values().forEach(a -> a.add(truth, e));
    if (Double.isNaN(socError) && !Double.isNaN(truth.soc())) {
      socError = Math.abs(e.soc() - truth.soc());
    }
    if (sample % traceStride == 0) {
      trace.add(truth.seconds());
      trace.add(truth.anodePotentialVolts());
      trace.add(e.anodePotentialVolts());
      trace.add(e.anodePotentialLowerBoundVolts());
    }
  }

  int judged() {
    return judged;
  }

  int withoutEstimate() {
    return withoutEstimate;
  }

  double meanSquare() {
    return squares / judged;
  }

  double rmseVolts() {
    return Math.sqrt(meanSquare());
  }

  double meanErrorVolts() {
    return sum / judged;
  }

  double largestVolts() {
    return largest;
  }

  int above() {
    return above;
  }

  int inRange() {
    return inRange;
  }

  Accuracy accuracy(Quantity quantity) {
    return Objects.requireNonNull(accuracies.get(quantity));
  }

  double rmse(Quantity quantity) {
    return Math.sqrt(accuracy(quantity).meanSquare());
  }

  /** What one session leaves of physical identities. */
  IdentityViolations violations() {
    return violations;
  }

  void setViolations(IdentityViolations found) {
    violations = found;
  }

  /** Error of the state of charge once the first minute is over, 0–1; NaN without a truth. */
  double socError() {
    return socError;
  }

  double lowestVolts() {
    return lowest;
  }

  /** True when the bound held at the session's lowest anode potential. */
  boolean aboveAtLowest() {
    return aboveAtLowest;
  }

  /** True when the bound held at every sample. */
  boolean aboveThroughout() {
    return above == judged;
  }
}
