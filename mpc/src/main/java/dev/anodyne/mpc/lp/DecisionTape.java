package dev.anodyne.mpc.lp;

import dev.anodyne.core.charging.NanoClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a decision under a deadline took from outside: the times that the policy read, and the
 * solves that a time limit cut off. A policy whose clock is a tape writes both down; given back to
 * another policy they lead to the same decision on a machine of any speed.
 *
 * <p>Not thread-safe: it belongs to the policies that one thread asks. A policy that is made on
 * another thread meanwhile, to take over later, leaves no trace once {@link #begin} was called.
 */
public final class DecisionTape implements NanoClock {
  /**
   * What one decision took.
   *
   * @param nanos the times that were read, ns
   * @param cuts the solves that were cut off, by their number in the decision from 0
   */
  public record Outcomes(List<Long> nanos, Map<Integer, Cut> cuts) {
    /** Nothing was taken from outside. */
    public static final Outcomes NONE = new Outcomes(List.of(), Map.of());

    public Outcomes {
      nanos = List.copyOf(nanos);
      cuts = Map.copyOf(cuts);
    }
  }

  /**
   * A solve that a time limit cut off.
   *
   * @param status {@link LpStatus#FEASIBLE} or {@link LpStatus#TIME_LIMIT}
   * @param values of the variables; empty without a feasible point
   * @param objective of them; 0 without a feasible point
   */
  public record Cut(LpStatus status, List<Double> values, double objective) {
    public Cut {
      values = List.copyOf(values);
    }
  }

  /** How programs are made; a seam for tests. */
  @FunctionalInterface
  interface Factory {
    LinearProgram create(int variables, int rows);
  }

  private final @Nullable NanoClock real;
  private final Factory factory;
  private final List<Long> read = new ArrayList<>();
  private final Map<Integer, Cut> cuts = new TreeMap<>();
  private final Deque<Long> given = new ArrayDeque<>();
  private int solves;
  private long lastNanos;

  /** Whose decisions are written down; null: anybody's. */
  private volatile @Nullable Thread decider;

  private DecisionTape(@Nullable NanoClock real, Factory factory) {
    this.real = real;
    this.factory = factory;
  }

  /** A tape that writes down, on the real clock. */
  public static DecisionTape writing(NanoClock real) {
    return writing(real, OrToolsLinearProgram::new);
  }

  static DecisionTape writing(NanoClock real, Factory factory) {
    return new DecisionTape(real, factory);
  }

  /** A tape that gives back what {@link #give} was told. */
  public static DecisionTape reading() {
    return new DecisionTape(null, OrToolsLinearProgram::new);
  }

  /** Writes down what this thread takes from now on, and nobody else. */
  public void begin() {
    decider = Thread.currentThread();
    forget();
  }

  private boolean isOthers() {
    Thread known = decider;
    return known != null && known != Thread.currentThread();
  }

  /** What was taken since the last call; nothing on a thread that does not decide. */
  public Outcomes take() {
    if (isOthers()) {
      return Outcomes.NONE;
    }
    Outcomes outcomes = new Outcomes(read, cuts);
    forget();
    return outcomes;
  }

  /** What the next decision is to take. */
  public void give(Outcomes outcomes) {
    forget();
    given.addAll(outcomes.nanos());
    cuts.putAll(outcomes.cuts());
  }

  private void forget() {
    read.clear();
    given.clear();
    cuts.clear();
    solves = 0;
  }

  /** A decision that asks more often than the recorded one has left its path: time stands still. */
  @Override
  public long nanoTime() {
    if (real != null && isOthers()) {
      return real.nanoTime();
    }
    if (real != null) {
      lastNanos = real.nanoTime();
      read.add(lastNanos);
    } else if (!given.isEmpty()) {
      lastNanos = given.remove();
    }
    return lastNanos;
  }

  /** A program whose solves are written down or given back. */
  public LinearProgram program(int variables, int rows) {
    return new Taped(factory.create(variables, rows));
  }

  private final class Taped extends ForwardingLinearProgram {
    private @Nullable Cut cut;

    Taped(LinearProgram own) {
      super(own);
    }

    @Override
    public LpStatus solve(long timeLimitNanos) {
      if (real != null && isOthers()) {
        return super.solve(timeLimitNanos);
      }
      int number = solves++;
      if (real == null) {
        cut = cuts.get(number);
        if (cut == null) {
          return super.solve(0);
        }
        restart(); // as after any solve that was not brought to its end
        return cut.status();
      }
      LpStatus status = super.solve(timeLimitNanos);
      if (status == LpStatus.FEASIBLE || status == LpStatus.TIME_LIMIT) {
        cuts.put(number, new Cut(status, values(status), objective(status)));
      }
      return status;
    }

    private List<Double> values(LpStatus status) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; status.hasSolution() && i < variables(); i++) {
        values.add(super.value(i));
      }
      return values;
    }

    private double objective(LpStatus status) {
      return status.hasSolution() ? super.objectiveValue() : 0.0;
    }

    @Override
    public LpStatus status() {
      return cut == null ? super.status() : cut.status();
    }

    @Override
    public double value(int variable) {
      return cut == null ? super.value(variable) : cut.values().get(variable);
    }

    @Override
    public double objectiveValue() {
      return cut == null ? super.objectiveValue() : cut.objective();
    }
  }
}
