package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.CellEstimate;

/**
 * How one estimator did in one session. Estimates of the first minute are left out, as everywhere;
 * samples without a valid estimate are counted and otherwise left out.
 */
final class SessionScore {
  /** Where a controller works. */
  static final double NEAR_VOLTS = 0.030;

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

  private final int traceStride;
  private int judged;
  private int withoutEstimate;
  private int inRange;
  private int above;
  private double squares;
  private double largest;
  private double sum;
  private double anodeSquares;
  private double cathodeSquares;
  private double socError = Double.NaN;
  private double lowest = Double.POSITIVE_INFINITY;
  private boolean aboveAtLowest = true;

  SessionScore(Battery battery, Phase phase, Charge charge, String estimator, int samples) {
    this(
        battery.stratum().name(),
        phase,
        battery.number(),
        estimator,
        battery.layout() + ", " + charge.text(),
        samples);
  }

  SessionScore(
      String stratum, Phase phase, int battery, String estimator, String conditions, int samples) {
    this.stratum = stratum;
    this.phase = phase;
    this.battery = battery;
    this.estimator = estimator;
    this.conditions = conditions;
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
    double anode = e.anodeSurfaceStoichiometry() - truth.anodeSurface();
    double cathode = e.cathodeSurfaceStoichiometry() - truth.cathodeSurface();
    anodeSquares += anode * anode;
    cathodeSquares += cathode * cathode;
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

  double anodeMeanSquare() {
    return anodeSquares / judged;
  }

  double cathodeMeanSquare() {
    return cathodeSquares / judged;
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
