package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Formula;
import dev.anodyne.hil.stl.Judgement;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.StlException;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges what was recorded by the checks of its scenario. */
public final class Judge {
  private final Trace trace;

  public Judge(Trace trace) {
    this.trace = trace;
  }

  /** How one check ended; a check that cannot be judged is an ERROR with its reason. */
  public CheckResult judge(Check check) {
    try {
      if (check instanceof Check.Temporal temporal) {
        return temporal(temporal);
      } else if (check instanceof Check.Share share) {
        return share(share);
      }
      return follow((Check.Follow) check);
    } catch (StlException e) {
      return new CheckResult(
          check.name(),
          Verdict.ERROR,
          Double.NaN,
          "",
          0,
          "",
          String.valueOf(e.getMessage()),
          List.of());
    }
  }

  private CheckResult temporal(Check.Temporal check) {
    Judgement judged = Judgement.of(check.formula(), trace);
    boolean untriggered = judged.triggers() == 0;
    Verdict verdict =
        switch (judged.outcome()) {
          case HOLDS -> untriggered ? Verdict.INCONCLUSIVE : Verdict.PASS;
          case VIOLATED -> Verdict.FAIL;
          case OPEN -> Verdict.INCONCLUSIVE;
        };
    String at = String.format(Locale.ROOT, "%.1f s", judged.timeSeconds());
    String detail =
        switch (judged.outcome()) {
          case HOLDS ->
              untriggered
                  ? "The trigger never came."
                  : "Nearest at " + at + ": margin " + judged.marginText() + ".";
          case VIOLATED ->
              "Violated by " + judged.decisive() + " at " + at + ": " + judged.marginText() + ".";
          case OPEN -> "The run of " + end() + " does not tell: too short, or a value is missing.";
        };
    return new CheckResult(
        check.name(),
        verdict,
        judged.margin(),
        judged.unit().symbol(),
        judged.timeSeconds(),
        check.formula().toString(),
        detail,
        channels(check.formula()));
  }

  private String end() {
    return Quantity.number(Math.rint(trace.time(trace.length() - 1) * 10) / 10) + " s";
  }

  private CheckResult share(Check.Share check) {
    double[] robustness = Judgement.robustness(check.formula(), trace);
    return shared(
        check.name(),
        robustness,
        new Shown(check.formula() + " for " + percent(check.share()) + " of the time", "", 1),
        check.during(),
        check.share(),
        channels(check.formula()));
  }

  private CheckResult follow(Check.Follow check) {
    double[] actual = trace.values(check.channel());
    double[] reference = new double[trace.length()];
    for (int i = 0; i < reference.length; i++) {
      Course course = check.course();
      reference[i] = course == null ? trace.values(check.reference())[i] : course.at(trace.time(i));
    }
    double[] margins =
        FollowMargin.of(
            trace.times(), actual, reference, check.tolerance(), check.timeToleranceSeconds());
    String unit = trace.unit(check.channel()).symbol();
    String text =
        check.channel()
            + " follows "
            + (check.course() == null ? check.reference() : "its reference")
            + " within "
            + Quantity.number(check.tolerance())
            + (unit.isEmpty() ? "" : " " + unit)
            + " and "
            + Quantity.number(check.timeToleranceSeconds())
            + " s";
    trace.with(check.name() + " (reference)", unit, reference);
    List<String> plotted = List.of(Aliases.resolve(check.channel()), check.name() + " (reference)");
    return shared(
        check.name(), margins, new Shown(text, unit, 1), check.during(), check.share(), plotted);
  }

  /** How a margin is told. */
  private record Shown(String formula, String unit, double factor) {}

  /** A margin at each sample that must be above 0 for a share of the time. */
  private CheckResult shared(
      String name,
      double[] margins,
      Shown shown,
      Check.Span span,
      double required,
      List<String> channels) {
    double last = trace.time(trace.length() - 1);
    double until = Math.min(span.toSeconds(), last);
    double met = 0;
    double all = 0;
    int worst = -1;
    double missing = missingSeconds(span, last);
    double missed = 0;
    boolean unknown = missing > 0;
    for (int i = 0; i < margins.length; i++) {
      double time = trace.time(i);
      if (time < span.fromSeconds() - 1e-9 || time > until + 1e-9) {
        continue;
      }
      double next = i + 1 < margins.length ? trace.time(i + 1) : time;
      double weight = Math.max(1e-9, Math.min(next, until) - time);
      boolean known = margins[i] > Double.NEGATIVE_INFINITY;
      unknown |= !known;
      all += weight;
      met += margins[i] > 0 ? weight : 0;
      missed += known && margins[i] <= 0 ? weight : 0;
      worst = known && (worst < 0 || margins[i] < margins[worst]) ? i : worst;
    }
    if (worst < 0) {
      return new CheckResult(
          name,
          Verdict.INCONCLUSIVE,
          Double.NaN,
          shown.unit(),
          span.fromSeconds(),
          shown.formula(),
          "The run has no value in this stretch.",
          channels);
    }
    double share = met / all;
    // Failed is what no unknown value, before or past the end, could have made good any more.
    double allowed = required < 1 ? (1 - required) * (all + missing) : 0;
    boolean failed = missed > allowed + 1e-12 * Math.max(1, all);
    Verdict verdict = failed ? Verdict.FAIL : unknown ? Verdict.INCONCLUSIVE : Verdict.PASS;
    String detail =
        "Met for "
            + percent(share)
            + " of the time ("
            + percent(required)
            + " asked for); worst at "
            + String.format(Locale.ROOT, "%.1f s", trace.time(worst))
            + ".";
    return new CheckResult(
        name,
        verdict,
        margins[worst] * shown.factor(),
        shown.unit(),
        trace.time(worst),
        shown.formula(),
        detail,
        channels);
  }

  /**
   * How much of a check's stretch lies past the last sample, s; +∞ in a run that was broken off.
   */
  private double missingSeconds(Check.Span span, double last) {
    if (Double.isFinite(span.toSeconds())) {
      return span.toSeconds() > last + 1e-6
          ? span.toSeconds() - Math.max(last, span.fromSeconds())
          : 0;
    }
    return trace.isCut() ? Double.POSITIVE_INFINITY : 0;
  }

  private static String percent(double share) {
    return Quantity.number(Math.floor(share * 1e4 + 1e-9) / 100) + " %";
  }

  private static List<String> channels(Formula formula) {
    Set<String> names = new LinkedHashSet<>();
    formula.collectChannels(names);
    return names.stream().map(Aliases::resolve).distinct().toList();
  }
}
