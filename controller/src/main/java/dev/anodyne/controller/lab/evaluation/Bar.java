package dev.anodyne.controller.lab.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What an estimator has to reach. */
enum Bar {
  RMSE("anode potential RMSE", "mV", 1e3, false, Figures::rmseVolts),
  OPTIMISTIC("99 % optimistic error below 30 mV", "mV", 1e3, false, Figures::optimisticVolts),
  ABOVE("truth above the bound", "% of samples", 100, true, Figures::aboveSamples),
  GAP("median gap to the bound", "mV", 1e3, false, Figures::gapVolts),
  ANODE("anode surface stoichiometry RMSE", "%", 100, false, Figures::anodeSurfaceRmse),
  CATHODE("cathode surface stoichiometry RMSE", "%", 100, false, Figures::cathodeSurfaceRmse),
  SOC("worst state of charge error after 60 s", "%", 100, false, Figures::socErrorWorst);

  /** Which bars apply to a stratum. */
  enum Scope {
    FRESH,
    REFERENCE,
    GRID,
    LOAD_FRESH,
    LOAD_GRID,
    NONE;

    static Scope of(Stratum stratum) {
      if (stratum.underLoad()) {
        return stratum.health() == Health.FRESH ? LOAD_FRESH : LOAD_GRID;
      }
      return switch (stratum.kind()) {
        case FRESH, OTHER_CODE -> FRESH;
        case REFERENCE -> REFERENCE;
        case GRID -> GRID;
        case EXTRAPOLATION -> NONE;
      };
    }
  }

  private static final double SAMPLES_ABOVE = 98.5;

  private final String text;
  private final String unit;
  private final double scale;
  private final boolean atLeast;
  private final ToDoubleFunction<Figures> value;

  Bar(String text, String unit, double scale, boolean atLeast, ToDoubleFunction<Figures> value) {
    this.text = text;
    this.unit = unit;
    this.scale = scale;
    this.atLeast = atLeast;
    this.value = value;
  }

  String text() {
    return text;
  }

  /** What the figure is of, where its name does not say all. */
  String about() {
    return switch (this) {
      case RMSE -> "Of estimate minus truth, over sessions of equal weight.";
      case OPTIMISTIC -> "99th percentile of estimate minus truth over all samples below 30 mV.";
      case ABOVE -> "The bound is stated to hold for 99 % of the samples.";
      case GAP -> "Truth minus bound, over all samples: what the bound costs.";
      case ANODE, CATHODE -> "Electrode mean of the surface.";
      case SOC -> "Of all sessions; the state of charge is unknown at the start.";
    };
  }

  String unit() {
    return unit;
  }

  /** True when more is better. */
  boolean isAtLeast() {
    return atLeast;
  }

  /** The figure in {@link #unit()}. */
  double of(Figures figures) {
    return scale * value.applyAsDouble(figures);
  }

  /** What must be reached, in {@link #unit()}; NaN where nothing is asked for. */
  double limit(EvaluationResult.Row row) {
    Scope scope = row.scope();
    if (scope == Scope.NONE) {
      return Double.NaN;
    }
    boolean fresh = scope == Scope.FRESH;
    boolean load = scope == Scope.LOAD_FRESH || scope == Scope.LOAD_GRID;
    return switch (this) {
      // Joined under load, the profiles are a guess at first: the state of charge is what counts.
      case RMSE -> load ? Double.NaN : fresh ? 1.7 : row.phase() == Phase.FIRST ? 8 : 4;
      case OPTIMISTIC -> fresh ? 4 : Double.NaN;
      case ABOVE -> SAMPLES_ABOVE;
      case GAP -> scope == Scope.REFERENCE ? 4 : 10;
      case ANODE, CATHODE -> load ? Double.NaN : 0.5;
      case SOC -> fresh || scope == Scope.LOAD_FRESH ? 2 : 5;
    };
  }

  /** True when the figure is known, something is asked for, and it is not reached. */
  boolean isMissed(EvaluationResult.Row row, Figures figures) {
    double limit = limit(row);
    double is = of(figures);
    if (Double.isNaN(limit) || Double.isNaN(is)) {
      return false;
    }
    return atLeast ? is < limit : is > limit;
  }

  /** The bars that a row misses. */
  static List<Bar> missed(EvaluationResult.Row row, Figures figures) {
    return Arrays.stream(values()).filter(b -> b.isMissed(row, figures)).toList();
  }
}
