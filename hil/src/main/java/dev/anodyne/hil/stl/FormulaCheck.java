package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Expression.ChannelRef;
import dev.anodyne.hil.stl.Expression.Magnitude;
import dev.anodyne.hil.stl.Expression.Term;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds a formula against the channels it is about: names and dimensions. */
public final class FormulaCheck {
  /** A number without a unit fits everything: it counts in the channel's own unit. */
  private static final String ANY = "";

  private FormulaCheck() {}

  /**
   * Checks names and dimensions.
   *
   * @param units all channels with their units; faults as {@code fault(name)}
   * @throws StlException about the first thing that does not fit
   */
  public static void check(Formula formula, Map<String, Unit> units) {
    if (formula instanceof Formula.Atom atom) {
      Shape left = shape(atom.left(), units);
      Shape right = shape(atom.right(), units);
      if (!fits(left.dimension(), right.dimension())) {
        throw new StlException(
            0,
            "'"
                + atom
                + "' compares "
                + left.dimension()
                + " with "
                + right.dimension()
                + "; both sides must measure the same.");
      }
      requireSameZero(atom, left, right);
    } else if (formula instanceof Formula.FaultActive fault
        && !units.containsKey(fault.toString())) {
      throw unknown("fault", fault.toString(), units.keySet(), "fault(");
    }
    formula.children().forEach(child -> check(child, units));
  }

  /** °C has a zero of its own, so a temperature and a difference of temperatures differ. */
  private static void requireSameZero(Formula.Atom atom, Shape left, Shape right) {
    boolean celsius = left.celsius() || right.celsius();
    if (celsius && left.temperatures() != right.temperatures()) {
      throw new StlException(
          0,
          "'"
              + atom
              + "' compares a difference of temperatures with a temperature in °C.\nMaybe K is"
              + " meant.");
    }
  }

  /** The unit to tell a margin of this comparison in: the one that the person wrote. */
  static Unit displayUnit(Formula.Atom atom, Trace trace) {
    for (Expression side : new Expression[] {atom.right(), atom.left()}) {
      for (Term term : side.terms()) {
        if (term.operand() instanceof Quantity quantity && !quantity.unit().symbol().isEmpty()) {
          return quantity.unit().forDifferences();
        }
      }
    }
    return baseOf(atom, trace).forDifferences();
  }

  /** The unit in which plain numbers of this comparison count: the first channel's. */
  static Unit baseOf(Formula.Atom atom, Trace trace) {
    java.util.Set<String> names = new java.util.LinkedHashSet<>();
    atom.left().collect(names);
    atom.right().collect(names);
    return names.isEmpty() ? Unit.ONE : trace.unit(names.iterator().next());
  }

  /**
   * What an expression measures.
   *
   * @param dimension empty for plain numbers
   * @param temperatures how many absolute temperatures are left in the sum
   * @param celsius whether °C is written in it
   */
  private record Shape(String dimension, double temperatures, boolean celsius) {}

  private static Shape shape(Expression expression, Map<String, Unit> units) {
    String dimension = ANY;
    double temperatures = 0;
    boolean celsius = false;
    for (Term term : expression.terms()) {
      Shape one = shape(term, units);
      if (!fits(dimension, one.dimension())) {
        throw new StlException(
            0,
            "'"
                + expression
                + "' adds "
                + dimension
                + " and "
                + one.dimension()
                + "; all terms must measure the same.");
      }
      dimension = dimension.equals(ANY) ? one.dimension() : dimension;
      temperatures += term.factor() * one.temperatures();
      celsius |= one.celsius();
    }
    return new Shape(dimension, temperatures, celsius);
  }

  private static Shape shape(Term term, Map<String, Unit> units) {
    if (term.operand() instanceof ChannelRef ref) {
      Unit unit = units.get(ref.name());
      if (unit == null) {
        throw unknownChannel(ref.name(), units.keySet());
      }
      boolean absolute = unit.dimension().equals(Unit.TEMPERATURE);
      return new Shape(unit.dimension(), absolute ? 1 : 0, false);
    }
    if (term.operand() instanceof Quantity quantity) {
      Unit unit = quantity.unit();
      boolean celsius = unit.offset() != 0;
      boolean plain = unit.symbol().isEmpty();
      return new Shape(plain ? ANY : unit.dimension(), celsius ? 1 : 0, celsius);
    }
    Shape inner = shape(((Magnitude) term.operand()).of(), units);
    return new Shape(inner.dimension(), 0, inner.celsius());
  }

  private static boolean fits(String one, String other) {
    return one.equals(ANY) || other.equals(ANY) || one.equals(other);
  }

  static StlException unknownChannel(String name, Collection<String> known) {
    return unknown("channel", name, known, "");
  }

  private static StlException unknown(
      String kind, String name, Collection<String> known, String prefix) {
    var candidates = known.stream().filter(k -> k.startsWith(prefix)).sorted().toList();
    Optional<String> alike = alike(name, candidates);
    int shown = 12;
    String some =
        candidates.isEmpty()
            ? "none"
            : String.join(", ", candidates.subList(0, Math.min(shown, candidates.size())))
                + (candidates.size() > shown ? ", … (" + candidates.size() + " in all)" : "");
    return new StlException(
        0,
        kind
            + " '"
            + name
            + "' is not known; allowed: "
            + some
            + "."
            + alike.map(k -> "\nMaybe '" + k + "' is meant.").orElse(""));
  }

  /** The known name that is most like this one, if one is like it at all. */
  public static Optional<String> alike(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<String> nearest =
        known.stream()
            .min(Comparator.comparingInt(k -> distance(k.toLowerCase(Locale.ROOT), lower)));
    Optional<String> near =
        nearest.filter(k -> distance(k.toLowerCase(Locale.ROOT), lower) <= 1 + name.length() / 4);
    return near.isPresent()
        ? near
        : known.stream()
            .filter(k -> k.toLowerCase(Locale.ROOT).endsWith("." + lower))
            .min(Comparator.comparingInt(String::length));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
