package dev.anodyne.hil.stl;

import java.util.List;
import java.util.Set;

/**
 * A sum of channels, numbers and magnitudes, each with a factor.
 *
 * @param terms at least one
 */
public record Expression(List<Term> terms) {
  /** What is summed. */
  public sealed interface Operand permits ChannelRef, Quantity, Magnitude {}

  /** A channel by its name. */
  public record ChannelRef(String name) implements Operand {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The absolute value of an expression, written |…|. */
  public record Magnitude(Expression of) implements Operand {
    @Override
    public String toString() {
      return "|" + of + "|";
    }
  }

  /**
   * One summand.
   *
   * @param factor its sign and weight
   * @param operand what is weighted
   */
  public record Term(double factor, Operand operand) {}

  public Expression {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("An expression needs at least one term.");
    }
    terms = List.copyOf(terms);
  }

  /** One channel. */
  public static Expression channel(String name) {
    return new Expression(List.of(new Term(1, new ChannelRef(name))));
  }

  /** One number. */
  public static Expression quantity(double value, Unit unit) {
    return new Expression(List.of(new Term(1, new Quantity(value, unit))));
  }

  /** Adds the names of its channels. */
  void collect(Set<String> channels) {
    for (Term term : terms) {
      if (term.operand() instanceof ChannelRef ref) {
        channels.add(ref.name());
      } else if (term.operand() instanceof Magnitude magnitude) {
        magnitude.of().collect(channels);
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      boolean minus = term.factor() < 0 || 1 / term.factor() < 0;
      if (i > 0) {
        text.append(minus ? " - " : " + ");
      } else if (minus) {
        text.append("-");
      }
      double weight = Math.abs(term.factor());
      if (weight != 1) {
        text.append(Quantity.number(weight)).append(" * ");
      }
      text.append(term.operand());
    }
    return text.toString();
  }
}
