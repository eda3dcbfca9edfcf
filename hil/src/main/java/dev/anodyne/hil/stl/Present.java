package dev.anodyne.hil.stl;

import java.util.function.ToDoubleFunction;

/** Values of the present instant, for formulas without a sense of time. */
public final class Present {
  private final ToDoubleFunction<String> values;
  private final java.util.function.Function<String, Unit> units;

  /**
   * @param values the present value of a channel in its unit; of {@code fault(…)} 1 or 0
   * @param units a channel's unit
   */
  public Present(ToDoubleFunction<String> values, java.util.function.Function<String, Unit> units) {
    this.values = values;
    this.units = units;
  }

  /**
   * Refuses operators that look ahead or back.
   *
   * @throws StlException naming the operator
   */
  public static Formula requireTimeless(Formula formula) {
    boolean timeless =
        formula instanceof Formula.Atom
            || formula instanceof Formula.Constant
            || formula instanceof Formula.FaultActive
            || formula instanceof Formula.Not
            || formula instanceof Formula.And
            || formula instanceof Formula.Or
            || formula instanceof Formula.Implies;
    if (!timeless) {
      throw new StlException(
          0,
          "'"
              + formula
              + "' looks ahead or back; allowed in a trigger: comparisons with and, or, not.\n"
              + "Maybe edge and delay are meant.");
    }
    formula.children().forEach(Present::requireTimeless);
    return formula;
  }

  /** Whether a formula holds now; an unknown value makes a comparison false. */
  public boolean holds(Formula formula) {
    if (formula instanceof Formula.Constant constant) {
      return constant.value();
    } else if (formula instanceof Formula.FaultActive fault) {
      return values.applyAsDouble(fault.toString()) > 0.5;
    } else if (formula instanceof Formula.Not not) {
      return !holds(not.of());
    } else if (formula instanceof Formula.And and) {
      return and.of().stream().allMatch(this::holds);
    } else if (formula instanceof Formula.Or or) {
      return or.of().stream().anyMatch(this::holds);
    } else if (formula instanceof Formula.Implies implies) {
      return !holds(implies.condition()) || holds(implies.consequence());
    } else if (formula instanceof Formula.Atom atom) {
      return holds(atom);
    }
    throw new StlException(0, "'" + formula + "' looks ahead or back.");
  }

  private boolean holds(Formula.Atom atom) {
    java.util.Set<String> names = new java.util.LinkedHashSet<>();
    atom.left().collect(names);
    atom.right().collect(names);
    Unit plain = names.isEmpty() ? Unit.ONE : units.apply(names.iterator().next());
    double apart = value(atom.left(), plain) - value(atom.right(), plain);
    return switch (atom.operator()) {
      case LESS -> apart < 0;
      case AT_MOST -> apart <= 0;
      case GREATER -> apart > 0;
      case AT_LEAST -> apart >= 0;
      case EQUAL -> apart == 0;
      case NOT_EQUAL -> apart < 0 || apart > 0;
    };
  }

  private double value(Expression expression, Unit plain) {
    double sum = 0;
    for (Expression.Term term : expression.terms()) {
      double value;
      if (term.operand() instanceof Quantity quantity) {
        Unit unit = quantity.unit().symbol().isEmpty() ? plain : quantity.unit();
        value = unit.toBase(quantity.value());
      } else if (term.operand() instanceof Expression.ChannelRef ref) {
        value = units.apply(ref.name()).toBase(values.applyAsDouble(ref.name()));
      } else {
        value = Math.abs(value(((Expression.Magnitude) term.operand()).of(), plain));
      }
      sum += term.factor() * value;
    }
    return sum;
  }
}
