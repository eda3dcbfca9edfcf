package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Present;
import java.util.List;

/** Watches the plant for a trigger. Not thread-safe. */
public final class TriggerWatch {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final Trigger trigger;
  private final Watched[][] groups;

  /** The memory of one condition: since when it counts, s. */
  private static final class Watched {
    private final Trigger.Condition condition;
    private boolean before;
    private double since = NEVER;

    Watched(Trigger.Condition condition) {
      this.condition = condition;
    }

    boolean look(Present present, double seconds) {
      boolean now = present.holds(condition.formula());
      if (condition.edge() == Trigger.Edge.LEVEL) {
        since = now ? Math.min(since, seconds) : NEVER;
      } else {
        boolean edge = condition.edge() == Trigger.Edge.RISING ? now && !before : !now && before;
        since = edge ? Math.min(since, seconds) : since;
      }
      before = now;
      return seconds >= since + condition.delaySeconds() - 1e-9;
    }
  }

  public TriggerWatch(Trigger trigger) {
    this.trigger = trigger;
    groups = new Watched[trigger.anyOf().size()][];
    for (int i = 0; i < groups.length; i++) {
      List<Trigger.Condition> group = trigger.anyOf().get(i);
      groups[i] = group.stream().map(Watched::new).toArray(Watched[]::new);
    }
  }

  /**
   * Looks at the present values; call it before every step.
   *
   * @return whether the trigger fires now
   */
  public boolean fires(Present present, double seconds) {
    boolean fires = trigger.anyOf().isEmpty();
    for (Watched[] group : groups) {
      boolean all = true;
      for (Watched watched : group) {
        all &= watched.look(present, seconds); // every one looks, for its own memory
      }
      fires |= all;
    }
    return fires;
  }
}
