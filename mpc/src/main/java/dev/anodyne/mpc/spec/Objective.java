package dev.anodyne.mpc.spec;

import dev.anodyne.mpc.objective.ChargeGoal;
import java.util.List;

/** What a policy is after, within the limits. Its text is the word that files use. */
public sealed interface Objective {
  /** All of them, the default first. */
  List<Objective> ALL = List.of(new MinimumTime(), new LeastAgeing(), new LeastCost());

  /** The goal that a plan to a departure follows. */
  ChargeGoal goal();

  /** Reach the target state of charge as early as possible. */
  record MinimumTime() implements Objective {
    @Override
    public ChargeGoal goal() {
      return ChargeGoal.fastest();
    }

    @Override
    public String toString() {
      return "minimum-time";
    }
  }

  /** Reach it by the departure, at the least loss of capacity. */
  record LeastAgeing() implements Objective {
    @Override
    public ChargeGoal goal() {
      return ChargeGoal.leastAgeing();
    }

    @Override
    public String toString() {
      return "least-ageing";
    }
  }

  /** Reach it by the departure, at the least cost of energy. */
  record LeastCost() implements Objective {
    @Override
    public ChargeGoal goal() {
      return ChargeGoal.leastCost();
    }

    @Override
    public String toString() {
      return "least-cost";
    }
  }
}
