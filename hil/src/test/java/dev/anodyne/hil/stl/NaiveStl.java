package dev.anodyne.hil.stl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The semantics as they are written in the papers, one definition a line and no shared work: what
 * the fast evaluation must match. Robustness at sample {@code i}; {@code upper} chooses the end of
 * the interval. Sample {@code n} stands for everything past the end: unknown.
 */
final class NaiveStl {
  private final Trace trace;
  private final int n;

  NaiveStl(Trace trace) {
    this.trace = trace;
    this.n = trace.length();
  }

  double robustness(Formula f, int i, boolean upper) {
    if (i == n) {
      return upper ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    if (f instanceof Formula.Constant c) {
      return truth(c.value());
    } else if (f instanceof Formula.FaultActive a) {
      return truth(trace.values(a.toString())[i] > 0.5);
    } else if (f instanceof Formula.Atom a) {
      return atom(a, i, upper);
    } else if (f instanceof Formula.Not x) {
      return -robustness(x.of(), i, !upper);
    } else if (f instanceof Formula.And x) {
      return x.of().stream().mapToDouble(p -> robustness(p, i, upper)).min().orElseThrow();
    } else if (f instanceof Formula.Or x) {
      return x.of().stream().mapToDouble(p -> robustness(p, i, upper)).max().orElseThrow();
    } else if (f instanceof Formula.Implies x) {
      return Math.max(-robustness(x.condition(), i, !upper), robustness(x.consequence(), i, upper));
    } else if (f instanceof Formula.Always x) {
      return least(ahead(i, x.window()), x.of(), upper);
    } else if (f instanceof Formula.Eventually x) {
      return greatest(ahead(i, x.window()), x.of(), upper);
    } else if (f instanceof Formula.Historically x) {
      return least(behind(i, x.window()), x.of(), upper);
    } else if (f instanceof Formula.Once x) {
      return greatest(behind(i, x.window()), x.of(), upper);
    } else if (f instanceof Formula.Rise x) {
      return edge(new Formula.Not(x.of()), x.of(), i, upper, true);
    } else if (f instanceof Formula.Fall x) {
      return edge(x.of(), new Formula.Not(x.of()), i, upper, false);
    } else if (f instanceof Formula.Until x) {
      return until(x, i, upper);
    }
    Formula.When when = (Formula.When) f;
    double worst = Double.POSITIVE_INFINITY;
    for (int j = i; j < n; j++) {
      double trigger = robustness(new Formula.Rise(when.trigger()), j, !upper);
      worst = Math.min(worst, Math.max(-trigger, robustness(when.response(), j, upper)));
    }
    return worst;
  }

  private double until(Formula.Until f, int i, boolean upper) {
    double best = Double.NEGATIVE_INFINITY;
    for (int j : ahead(i, f.window())) {
      double held = Double.POSITIVE_INFINITY;
      for (int k = i; k < j; k++) {
        held = Math.min(held, robustness(f.first(), k, upper));
      }
      best = Math.max(best, Math.min(robustness(f.second(), j, upper), held));
    }
    return best;
  }

  /** True now and the opposite a sample ago; before the first sample everything is false. */
  private double edge(Formula before, Formula now, int i, boolean upper, boolean atStart) {
    boolean was = i == 0 ? atStart : robustness(before, i - 1, upper) > 0;
    return truth(was && robustness(now, i, upper) > 0);
  }

  private double atom(Formula.Atom a, int i, boolean upper) {
    // Test formulas compare one channel with a plain number.
    String name = a.left().toString();
    double limit = Double.parseDouble(a.right().toString());
    double apart = trace.values(name)[i] - limit;
    if (Double.isNaN(apart)) {
      return upper ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    double tiny = Double.MIN_VALUE;
    return switch (a.operator()) {
      case GREATER -> apart == 0 ? -tiny : apart;
      case AT_LEAST -> apart == 0 ? tiny : apart;
      case LESS -> apart == 0 ? -tiny : -apart;
      case AT_MOST -> apart == 0 ? tiny : -apart;
      case EQUAL -> apart == 0 ? tiny : -Math.abs(apart);
      case NOT_EQUAL -> apart == 0 ? -tiny : Math.abs(apart);
    };
  }

  private double least(List<Integer> window, Formula f, boolean upper) {
    return window.stream()
        .mapToDouble(j -> robustness(f, j, upper))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private double greatest(List<Integer> window, Formula f, boolean upper) {
    return window.stream()
        .mapToDouble(j -> robustness(f, j, upper))
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /** Samples in force somewhere in [t + a, t + b]; n where it reaches past the last sample. */
  private List<Integer> ahead(int i, @Nullable Window window) {
    List<Integer> indices = new ArrayList<>();
    double a = window == null ? 0 : window.from().base();
    double b = window == null ? Double.POSITIVE_INFINITY : window.to().base();
    double last = trace.time(n - 1);
    for (int j = i; j < n; j++) {
      double until = j + 1 < n ? trace.time(j + 1) : last;
      boolean startsInTime = trace.time(j) <= trace.time(i) + b;
      boolean endsAfterStart = j + 1 < n ? until > trace.time(i) + a : trace.time(i) + a <= last;
      if (startsInTime && endsAfterStart) {
        indices.add(j);
      }
    }
    if (window != null && trace.time(i) + b > last) {
      indices.add(n);
    }
    return indices;
  }

  /** Samples in force somewhere in [t − b, t − a]. */
  private List<Integer> behind(int i, @Nullable Window window) {
    List<Integer> indices = new ArrayList<>();
    double a = window == null ? 0 : window.from().base();
    double b = window == null ? Double.POSITIVE_INFINITY : window.to().base();
    for (int j = 0; j <= i; j++) {
      boolean startsInTime = trace.time(j) <= trace.time(i) - a;
      boolean endsAfterStart = j == i || trace.time(j + 1) > trace.time(i) - b;
      if (startsInTime && endsAfterStart) {
        indices.add(j);
      }
    }
    return indices;
  }

  private static double truth(boolean value) {
    return value ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }
}
