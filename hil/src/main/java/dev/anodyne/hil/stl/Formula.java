package dev.anodyne.hil.stl;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, from a sample on. A missing window of a future operator reaches to the end of the
 * trace. {@code toString} gives text that {@link StlParser} reads as an equal formula.
 */
public sealed interface Formula {
  /** How a comparison is written. */
  enum Operator {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As in the text. */
    public String symbol() {
      return symbol;
    }
  }

  /** Always true, or never. */
  record Constant(boolean value) implements Formula {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** A comparison of channels. Its margin is the distance to the limit. */
  record Atom(Expression left, Operator operator, Expression right) implements Formula {
    @Override
    public String toString() {
      return left + " " + operator.symbol() + " " + right;
    }
  }

  /** A fault of the scenario is being injected. */
  record FaultActive(String fault) implements Formula {
    @Override
    public String toString() {
      return "fault(" + fault + ")";
    }
  }

  /** The opposite. */
  record Not(Formula of) implements Formula {
    @Override
    public String toString() {
      return "not " + inner(of);
    }
  }

  /** All of them. */
  record And(List<Formula> of) implements Formula {
    public And {
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return joined(of, " and ");
    }
  }

  /** At least one of them. */
  record Or(List<Formula> of) implements Formula {
    public Or {
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return joined(of, " or ");
    }
  }

  /** Where the first holds, the second does. */
  record Implies(Formula condition, Formula consequence) implements Formula {
    @Override
    public String toString() {
      return inner(condition) + " implies " + inner(consequence);
    }
  }

  /** Throughout the window. */
  record Always(@Nullable Window window, Formula of) implements Formula {
    @Override
    public String toString() {
      return "always" + (window == null ? "" : window) + " " + inner(of);
    }
  }

  /** At least once in the window. */
  record Eventually(@Nullable Window window, Formula of) implements Formula {
    @Override
    public String toString() {
      return "eventually" + (window == null ? "" : window) + " " + inner(of);
    }
  }

  /** The second holds once in the window, and the first up to then. */
  record Until(Formula first, @Nullable Window window, Formula second) implements Formula {
    @Override
    public String toString() {
      return inner(first) + " until" + (window == null ? "" : window) + " " + inner(second);
    }
  }

  /** At least once in the window that lies as far back; before the trace there was nothing. */
  record Once(@Nullable Window window, Formula of) implements Formula {
    @Override
    public String toString() {
      return "once" + (window == null ? "" : window) + " " + inner(of);
    }
  }

  /** Throughout the window that lies as far back, as far as the trace does. */
  record Historically(@Nullable Window window, Formula of) implements Formula {
    @Override
    public String toString() {
      return "historically" + (window == null ? "" : window) + " " + inner(of);
    }
  }

  /** True at the sample where it becomes true; true at the first sample counts. */
  record Rise(Formula of) implements Formula {
    @Override
    public String toString() {
      return "rise(" + of + ")";
    }
  }

  /** True at the sample where it becomes false. */
  record Fall(Formula of) implements Formula {
    @Override
    public String toString() {
      return "fall(" + of + ")";
    }
  }

  /**
   * Whenever the trigger becomes true, the response holds from there on. The trigger has no margin:
   * the margin is the response's.
   */
  record When(Formula trigger, Formula response) implements Formula {
    @Override
    public String toString() {
      return "when " + inner(trigger) + " then " + inner(response);
    }
  }

  /** Adds the names of all channels and, as {@code fault(…)}, of all faults in it. */
  default void collectChannels(Set<String> names) {
    if (this instanceof Atom atom) {
      atom.left().collect(names);
      atom.right().collect(names);
    } else if (this instanceof FaultActive fault) {
      names.add(fault.toString());
    }
    children().forEach(child -> child.collectChannels(names));
  }

  /** What it is made of, in the order of the text. */
  default List<Formula> children() {
    if (this instanceof Not f) {
      return List.of(f.of());
    } else if (this instanceof And f) {
      return f.of();
    } else if (this instanceof Or f) {
      return f.of();
    } else if (this instanceof Implies f) {
      return List.of(f.condition(), f.consequence());
    } else if (this instanceof Always f) {
      return List.of(f.of());
    } else if (this instanceof Eventually f) {
      return List.of(f.of());
    } else if (this instanceof Until f) {
      return List.of(f.first(), f.second());
    } else if (this instanceof Once f) {
      return List.of(f.of());
    } else if (this instanceof Historically f) {
      return List.of(f.of());
    } else if (this instanceof Rise f) {
      return List.of(f.of());
    } else if (this instanceof Fall f) {
      return List.of(f.of());
    } else if (this instanceof When f) {
      return List.of(f.trigger(), f.response());
    }
    return List.of();
  }

  private static String inner(Formula formula) {
    boolean closed =
        formula instanceof Constant
            || formula instanceof FaultActive
            || formula instanceof Rise
            || formula instanceof Fall;
    return closed ? formula.toString() : "(" + formula + ")";
  }

  private static String joined(List<Formula> parts, String between) {
    return String.join(between, parts.stream().map(Formula::inner).toList());
  }
}
