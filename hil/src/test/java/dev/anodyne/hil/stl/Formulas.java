package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Formula.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random formulas and traces for properties. */
final class Formulas {
  private final Random random;

  Formulas(long seed) {
    random = new Random(seed);
  }

  /** Over the channels a and b with plain numbers, and the fault f. */
  Formula plain(int depth) {
    return formula(depth, true);
  }

  /** With units, sums and magnitudes; not bound to any channel. */
  Formula rich(int depth) {
    return formula(depth, false);
  }

  private Formula formula(int depth, boolean plain) {
    int kind = depth == 0 ? random.nextInt(3) : 2 + random.nextInt(13);
    return switch (kind) {
      case 0 -> random.nextInt(8) == 0 ? new Formula.Constant(random.nextBoolean()) : atom(plain);
      case 1 -> new Formula.FaultActive("f");
      case 2 -> atom(plain);
      case 3 -> new Formula.Not(formula(depth - 1, plain));
      case 4 -> new Formula.And(parts(depth - 1, plain));
      case 5 -> new Formula.Or(parts(depth - 1, plain));
      case 6 -> new Formula.Implies(formula(depth - 1, plain), formula(depth - 1, plain));
      case 7 -> new Formula.Always(window(plain), formula(depth - 1, plain));
      case 8 -> new Formula.Eventually(window(plain), formula(depth - 1, plain));
      case 9 ->
          new Formula.Until(formula(depth - 1, plain), window(plain), formula(depth - 1, plain));
      case 10 -> new Formula.Once(window(plain), formula(depth - 1, plain));
      case 11 -> new Formula.Historically(window(plain), formula(depth - 1, plain));
      case 12 -> new Formula.Rise(formula(depth - 1, plain));
      case 13 -> new Formula.Fall(formula(depth - 1, plain));
      default -> new Formula.When(formula(depth - 1, plain), formula(depth - 1, plain));
    };
  }

  private List<Formula> parts(int depth, boolean plain) {
    List<Formula> parts = new ArrayList<>();
    int count = 2 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      parts.add(formula(depth, plain));
    }
    return parts;
  }

  private @Nullable Window window(boolean plain) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    List<String> units = plain ? List.of("s") : List.of("s", "ms", "min", "h");
    Unit unit = Unit.of(units.get(random.nextInt(units.size()))).orElseThrow();
    double from = 0.5 * random.nextInt(5);
    return new Window(new Quantity(from, unit), new Quantity(from + 0.5 * random.nextInt(7), unit));
  }

  private Formula atom(boolean plain) {
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    if (plain) {
      Expression left = Expression.channel(random.nextBoolean() ? "a" : "b");
      return new Formula.Atom(left, operator, Expression.quantity(random.nextInt(4), Unit.ONE));
    }
    return new Formula.Atom(expression(2), operator, expression(1));
  }

  private Expression expression(int depth) {
    List<Expression.Term> terms = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      double weight = random.nextInt(3) == 0 ? 0.25 * (1 + random.nextInt(9)) : 1;
      terms.add(new Expression.Term(random.nextBoolean() ? weight : -weight, operand(depth)));
    }
    return new Expression(terms);
  }

  private Expression.Operand operand(int depth) {
    List<String> names = List.of("a", "pack.cell[3].anodePotential", "meas_2.V", "current");
    List<Unit> units =
        Unit.symbols().stream().filter(s -> !s.equals("1")).map(Formulas::unit).toList();
    return switch (random.nextInt(depth == 0 ? 2 : 3)) {
      case 0 -> new Expression.ChannelRef(names.get(random.nextInt(names.size())));
      case 1 -> new Quantity(random.nextInt(2000) / 8.0, units.get(random.nextInt(units.size())));
      default -> new Expression.Magnitude(expression(depth - 1));
    };
  }

  private static Unit unit(String symbol) {
    return Unit.of(symbol).orElseThrow();
  }

  /** Few values on a coarse grid, so that limits are met exactly; uneven times; lost samples. */
  Trace trace() {
    int n = 1 + random.nextInt(14);
    double[] times = new double[n];
    double[] a = new double[n];
    double[] b = new double[n];
    double[] f = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = i == 0 ? 0 : times[i - 1] + 0.5 * (1 + random.nextInt(3));
      a[i] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(4);
      b[i] = random.nextInt(4);
      f[i] = random.nextInt(2);
    }
    return new Trace(times).with("a", "", a).with("b", "", b).with("fault(f)", "", f);
  }
}
