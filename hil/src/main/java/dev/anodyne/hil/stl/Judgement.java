package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Robustness.Judged;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What a trace says about a formula at its first sample.
 *
 * @param outcome whether it holds
 * @param margin how far the deciding comparison is from its limit, in {@code unit}, below 0 when it
 *     is violated; ±∞ where no comparison decided, NaN where nothing is known
 * @param unit of the margin, as the comparison was written
 * @param timeSeconds when the deciding comparison was nearest to its limit or furthest past it, s
 * @param decisive the deciding comparison; null where nothing decided
 * @param triggers how often triggers of {@code when} became true; −1 without any
 */
public record Judgement(
    Outcome outcome,
    double margin,
    Unit unit,
    double timeSeconds,
    @Nullable Formula decisive,
    int triggers) {
  /** Whether a formula holds. */
  public enum Outcome {
    HOLDS,
    VIOLATED,
    /** The trace does not tell. */
    OPEN
  }

  /**
   * Judges a trace.
   *
   * @throws StlException when a channel is missing
   */
  public static Judgement of(Formula formula, Trace trace) {
    Judged judged = new Robustness(trace).judge(formula);
    double low = judged.low()[0];
    double high = judged.high()[0];
    Outcome outcome = low > 0 ? Outcome.HOLDS : high < 0 ? Outcome.VIOLATED : Outcome.OPEN;
    Cause cause =
        switch (outcome) {
          case HOLDS -> Cause.find(judged, 0, false);
          case VIOLATED -> Cause.find(judged, 0, true);
          case OPEN -> Cause.find(judged, 0, Double.isInfinite(low) && Double.isFinite(high));
        };
    double base = outcome == Outcome.VIOLATED ? high : low;
    Unit unit = Unit.ONE;
    if (cause.judged().formula() instanceof Formula.Atom atom) {
      unit = FormulaCheck.displayUnit(atom, trace);
      double[] side = cause.upper() ? cause.judged().high() : cause.judged().low();
      base = Math.abs(side[cause.index()]) * (base < 0 ? -1 : 1);
    }
    double margin = outcome == Outcome.OPEN ? Double.NaN : shown(base, unit);
    return new Judgement(
        outcome,
        margin,
        unit,
        trace.time(cause.index()),
        cause.judged().formula(),
        triggers(judged));
  }

  /** Robustness at every sample, in base units: the lower ends. For plots and searches. */
  public static double[] robustness(Formula formula, Trace trace) {
    return new Robustness(trace).judge(formula).low();
  }

  /** Margin with its unit, e.g. {@code -12.3 mV}. */
  public String marginText() {
    if (Double.isNaN(margin)) {
      return "unknown";
    }
    if (Double.isInfinite(margin)) {
      return margin > 0 ? "no limit near" : "no value decides";
    }
    String number = Quantity.number(rounded(margin));
    return unit.symbol().isEmpty() ? number : number + " " + unit.symbol();
  }

  /** Four digits are more than any sensor has. */
  private static double rounded(double value) {
    return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  private static double shown(double base, Unit unit) {
    double value = unit.differenceFromBase(base);
    return Math.abs(value) < 1e-300 ? 0.0 : value;
  }

  private static int triggers(Judged judged) {
    var whens = Robustness.all(judged, Formula.When.class);
    if (whens.isEmpty()) {
      return -1;
    }
    int count = 0;
    for (Judged when : whens) {
      double[] trigger = when.parts().get(0).low();
      for (double value : trigger) {
        count += value > 0 ? 1 : 0;
      }
    }
    return count;
  }
}
