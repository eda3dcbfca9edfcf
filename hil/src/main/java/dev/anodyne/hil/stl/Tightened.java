package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Formula.Atom;
import dev.anodyne.hil.stl.Formula.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A formula whose limits are closer: every margin is lower by the same amount, since minima and
 * maxima are. Shows that a check can fail. Triggers of {@code when}, {@code rise} and {@code fall}
 * stay as they are.
 */
public final class Tightened {
  private static final Set<Operator> UPPER = Set.of(Operator.LESS, Operator.AT_MOST);

  private Tightened() {}

  /**
   * The formula with every limit moved.
   *
   * @param by how much, in base units (V, A, K, s …); below 0 moves them away
   */
  public static Formula of(Formula f, double by) {
    if (f instanceof Atom atom) {
      return atom(atom, by);
    } else if (f instanceof Formula.Not not) {
      return new Formula.Not(of(not.of(), -by));
    } else if (f instanceof Formula.And and) {
      return new Formula.And(all(and.of(), by));
    } else if (f instanceof Formula.Or or) {
      return new Formula.Or(all(or.of(), by));
    } else if (f instanceof Formula.Implies i) {
      return new Formula.Implies(of(i.condition(), -by), of(i.consequence(), by));
    } else if (f instanceof Formula.Always a) {
      return new Formula.Always(a.window(), of(a.of(), by));
    } else if (f instanceof Formula.Eventually e) {
      return new Formula.Eventually(e.window(), of(e.of(), by));
    } else if (f instanceof Formula.Until u) {
      return new Formula.Until(of(u.first(), by), u.window(), of(u.second(), by));
    } else if (f instanceof Formula.Once o) {
      return new Formula.Once(o.window(), of(o.of(), by));
    } else if (f instanceof Formula.Historically h) {
      return new Formula.Historically(h.window(), of(h.of(), by));
    } else if (f instanceof Formula.When w) {
      return new Formula.When(w.trigger(), of(w.response(), by));
    }
    return f;
  }

  private static List<Formula> all(List<Formula> parts, double by) {
    return parts.stream().map(part -> of(part, by)).toList();
  }

  /** {@code x < c} becomes {@code x + by < c}, {@code x > c} becomes {@code x - by > c}. */
  private static Formula atom(Atom atom, double by) {
    boolean isUpper = UPPER.contains(atom.operator());
    if (atom.operator() == Operator.EQUAL || atom.operator() == Operator.NOT_EQUAL) {
      return atom;
    }
    List<Expression.Term> terms = new ArrayList<>(atom.left().terms());
    terms.add(new Expression.Term(isUpper ? by : -by, new Quantity(1, Unit.ONE)));
    return new Atom(new Expression(terms), atom.operator(), atom.right());
  }
}
