package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Formula.Always;
import dev.anodyne.hil.stl.Formula.And;
import dev.anodyne.hil.stl.Formula.Atom;
import dev.anodyne.hil.stl.Formula.Constant;
import dev.anodyne.hil.stl.Formula.Eventually;
import dev.anodyne.hil.stl.Formula.Fall;
import dev.anodyne.hil.stl.Formula.FaultActive;
import dev.anodyne.hil.stl.Formula.Historically;
import dev.anodyne.hil.stl.Formula.Implies;
import dev.anodyne.hil.stl.Formula.Not;
import dev.anodyne.hil.stl.Formula.Once;
import dev.anodyne.hil.stl.Formula.Or;
import dev.anodyne.hil.stl.Formula.Rise;
import dev.anodyne.hil.stl.Formula.Until;
import dev.anodyne.hil.stl.Formula.When;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a formula over a trace: how far it is from changing its truth, in base units, as an
 * interval. The interval is one number where the trace decides; what lies past its end, and what a
 * lost sample hides, leaves it open. A bounded window that reaches past the last sample counts what
 * is past it as unknown; without a window the trace's end is the end, unless the trace was cut.
 *
 * <p>Every operator costs O(n). Values are never 0: a comparison that is met exactly is held apart
 * by the smallest number from one that is missed exactly.
 */
final class Robustness {
  private static final double TRUE = Double.POSITIVE_INFINITY;
  private static final double FALSE = Double.NEGATIVE_INFINITY;

  private final Trace trace;
  private final int n;

  /**
   * A formula with its robustness at each sample.
   *
   * @param low lower ends
   * @param high upper ends
   * @param parts of what it is made
   * @param from first index of the operator's window at each sample; null without a window
   * @param to last index of it; {@code n} stands for what is past the end
   */
  record Judged(
      Formula formula,
      double[] low,
      double[] high,
      List<Judged> parts,
      int @Nullable [] from,
      int @Nullable [] to) {
    static Judged of(Formula formula, double[] low, double[] high, Judged... parts) {
      return new Judged(formula, low, high, List.of(parts), null, null);
    }
  }

  Robustness(Trace trace) {
    this.trace = trace;
    this.n = trace.length();
  }

  Judged judge(Formula formula) {
    if (formula instanceof Atom atom) {
      return atom(atom);
    } else if (formula instanceof Constant constant) {
      return constant(constant);
    } else if (formula instanceof FaultActive fault) {
      double[] active = trace.values(fault.toString());
      double[] values = new double[n];
      Arrays.setAll(values, i -> active[i] > 0.5 ? TRUE : FALSE);
      return Judged.of(fault, values, values);
    } else if (formula instanceof Not f) {
      Judged of = judge(f.of());
      return Judged.of(f, negated(of.high()), negated(of.low()), of);
    } else if (formula instanceof And f) {
      return least(f, f.of());
    } else if (formula instanceof Or f) {
      return greatest(f, f.of().stream().map(this::judge).toList());
    } else if (formula instanceof Implies f) {
      return greatest(f, List.of(judge(new Not(f.condition())), judge(f.consequence())));
    } else if (formula instanceof Always f) {
      return always(f, judge(f.of()), ahead(f.window()));
    } else if (formula instanceof Eventually f) {
      return eventually(f, judge(f.of()), ahead(f.window()));
    } else if (formula instanceof Historically f) {
      return always(f, judge(f.of()), behind(f.window()));
    } else if (formula instanceof Once f) {
      return eventually(f, judge(f.of()), behind(f.window()));
    } else if (formula instanceof Until f) {
      return new UntilRobustness(n)
          .judge(f, judge(f.first()), judge(f.second()), ahead(f.window()));
    } else if (formula instanceof Rise f) {
      Judged of = judge(f.of());
      return Judged.of(f, edges(of, true, false), edges(of, true, true), of);
    } else if (formula instanceof Fall f) {
      Judged of = judge(f.of());
      return Judged.of(f, edges(of, false, false), edges(of, false, true), of);
    }
    return when((When) formula);
  }

  private Judged constant(Constant constant) {
    double[] values = new double[n];
    Arrays.fill(values, constant.value() ? TRUE : FALSE);
    return Judged.of(constant, values, values);
  }

  private Judged atom(Atom atom) {
    Unit plain = FormulaCheck.baseOf(atom, trace);
    double[] difference = values(atom.right(), plain);
    double[] left = values(atom.left(), plain);
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      double apart = left[i] - difference[i];
      double margin = margin(atom.operator(), apart);
      low[i] = Double.isNaN(margin) ? FALSE : margin;
      high[i] = Double.isNaN(margin) ? TRUE : margin;
    }
    return Judged.of(atom, low, high);
  }

  /** Distance to the limit; on the limit itself the smallest number with the right sign. */
  private static double margin(Formula.Operator operator, double apart) {
    return switch (operator) {
      case GREATER -> apart == 0 ? -Double.MIN_VALUE : apart;
      case AT_LEAST -> apart == 0 ? Double.MIN_VALUE : apart;
      case LESS -> apart == 0 ? -Double.MIN_VALUE : -apart;
      case AT_MOST -> apart == 0 ? Double.MIN_VALUE : -apart;
      case EQUAL -> apart == 0 ? Double.MIN_VALUE : -Math.abs(apart);
      case NOT_EQUAL -> apart == 0 ? -Double.MIN_VALUE : Math.abs(apart);
    };
  }

  private double[] values(Expression expression, Unit plain) {
    double[] sum = new double[n];
    for (Expression.Term term : expression.terms()) {
      if (term.operand() instanceof Quantity quantity) {
        Unit unit = quantity.unit().symbol().isEmpty() ? plain : quantity.unit();
        double value = term.factor() * unit.toBase(quantity.value());
        add(sum, i -> value);
      } else if (term.operand() instanceof Expression.ChannelRef ref) {
        double[] channel = trace.values(ref.name());
        Unit unit = trace.unit(ref.name());
        add(sum, i -> term.factor() * unit.toBase(channel[i]));
      } else if (term.operand() instanceof Expression.Magnitude magnitude) {
        double[] inner = values(magnitude.of(), plain);
        add(sum, i -> term.factor() * Math.abs(inner[i]));
      }
    }
    return sum;
  }

  private void add(double[] sum, java.util.function.IntToDoubleFunction value) {
    for (int i = 0; i < n; i++) {
      sum[i] += value.applyAsDouble(i);
    }
  }

  private Judged least(Formula formula, List<Formula> parts) {
    List<Judged> judged = parts.stream().map(this::judge).toList();
    double[] low = judged.get(0).low().clone();
    double[] high = judged.get(0).high().clone();
    for (Judged part : judged.subList(1, judged.size())) {
      Arrays.setAll(low, i -> Math.min(low[i], part.low()[i]));
      Arrays.setAll(high, i -> Math.min(high[i], part.high()[i]));
    }
    return new Judged(formula, low, high, judged, null, null);
  }

  private static Judged greatest(Formula formula, List<Judged> judged) {
    double[] low = judged.get(0).low().clone();
    double[] high = judged.get(0).high().clone();
    for (Judged part : judged.subList(1, judged.size())) {
      Arrays.setAll(low, i -> Math.max(low[i], part.low()[i]));
      Arrays.setAll(high, i -> Math.max(high[i], part.high()[i]));
    }
    return new Judged(formula, low, high, judged, null, null);
  }

  private static Judged always(Formula formula, Judged of, int[][] window) {
    double[] low = SlidingExtreme.least(withEnd(of.low(), FALSE), window[0], window[1], TRUE);
    double[] high = SlidingExtreme.least(withEnd(of.high(), TRUE), window[0], window[1], TRUE);
    return new Judged(formula, low, high, List.of(of), window[0], window[1]);
  }

  private static Judged eventually(Formula formula, Judged of, int[][] window) {
    double[] low = greatest(withEnd(of.low(), FALSE), window);
    double[] high = greatest(withEnd(of.high(), TRUE), window);
    return new Judged(formula, low, high, List.of(of), window[0], window[1]);
  }

  static double[] greatest(double[] values, int[][] window) {
    return negated(SlidingExtreme.least(negated(values), window[0], window[1], TRUE));
  }

  /** The samples and, behind them, what is past the end. */
  static double[] withEnd(double[] values, double unknown) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = unknown;
    return longer;
  }

  /** Trigger without a margin, response with one, over the rest of the trace. */
  private Judged when(When when) {
    Judged trigger = judge(new Rise(when.trigger()));
    Judged response = judge(when.response());
    double[] low = new double[n];
    double[] high = new double[n];
    double lowest = trace.isCut() ? FALSE : TRUE;
    double highest = TRUE;
    for (int i = n - 1; i >= 0; i--) {
      lowest = Math.min(lowest, Math.max(-trigger.high()[i], response.low()[i]));
      highest = Math.min(highest, Math.max(-trigger.low()[i], response.high()[i]));
      low[i] = lowest;
      high[i] = highest;
    }
    return Judged.of(when, low, high, trigger, response);
  }

  /** ±∞ at each sample: whether it is an edge; what is unknown gives −∞ below and +∞ above. */
  private double[] edges(Judged of, boolean rising, boolean upper) {
    double[] edge = new double[n];
    for (int i = 0; i < n; i++) {
      boolean nowTrue = of.low()[i] > 0;
      boolean nowFalse = of.high()[i] < 0;
      boolean wasTrue = i > 0 && of.low()[i - 1] > 0;
      boolean wasFalse = i == 0 || of.high()[i - 1] < 0;
      boolean certain = rising ? nowTrue && wasFalse : nowFalse && wasTrue;
      boolean impossible = rising ? nowFalse || wasTrue : nowTrue || wasFalse;
      edge[i] = certain || (upper && !impossible) ? TRUE : FALSE;
    }
    return edge;
  }

  static double[] negated(double[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> -values[i]);
    return result;
  }

  private int[][] ahead(@Nullable Window window) {
    int[] from = new int[n];
    int[] to = new int[n];
    double last = trace.time(n - 1) + 1e-9 * Math.max(1, trace.time(n - 1));
    int first = 0;
    int end = 0;
    for (int i = 0; i < n; i++) {
      if (window == null) {
        from[i] = i;
        to[i] = trace.isCut() ? n : n - 1;
        continue;
      }
      double start = trace.time(i) + window.from().base();
      double stop = trace.time(i) + window.to().base();
      first = advanced(Math.max(first, i), start);
      end = advanced(Math.max(end, i), stop);
      from[i] = start > last ? n : first;
      to[i] = stop > last ? n : end;
    }
    return new int[][] {from, to};
  }

  private int[][] behind(@Nullable Window window) {
    int[] from = new int[n];
    int[] to = new int[n];
    for (int i = 0; i < n; i++) {
      if (window == null) {
        to[i] = i;
        continue;
      }
      from[i] = Math.max(0, trace.indexAt(trace.time(i) - window.to().base()));
      to[i] = trace.indexAt(trace.time(i) - window.from().base());
    }
    return new int[][] {from, to};
  }

  /** The newest sample at a time, from a sample on that is not after it. */
  private int advanced(int index, double seconds) {
    double tolerated = seconds + 1e-9 * Math.max(1, Math.abs(seconds));
    int at = index;
    while (at + 1 < n && trace.time(at + 1) <= tolerated) {
      at++;
    }
    return at;
  }

  /** Names of all formulas of a kind, for the count of triggers. */
  static List<Judged> all(Judged judged, Class<? extends Formula> kind) {
    List<Judged> found = new ArrayList<>();
    if (kind.isInstance(judged.formula())) {
      found.add(judged);
    }
    judged.parts().forEach(part -> found.addAll(all(part, kind)));
    return found;
  }
}
