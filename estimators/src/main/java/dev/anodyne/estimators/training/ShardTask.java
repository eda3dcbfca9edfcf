package dev.anodyne.estimators.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A shard in the making: its batteries are simulated side by side, in any order. */
final class ShardTask {
  private final DataPlan plan;
  private final int number;
  private final List<List<SessionRef>> batteries = new ArrayList<>();
  private final List<List<SessionData>> sessions = new ArrayList<>();
  private final AtomicInteger left;

  /**
   * @param refs the shard's sessions in order, those of a battery together
   */
  ShardTask(DataPlan plan, int number, List<SessionRef> refs) {
    this.plan = plan;
    this.number = number;
    for (SessionRef ref : refs) {
      int last = batteries.size() - 1;
      if (last < 0 || batteries.get(last).get(0).battery() != ref.battery()) {
        batteries.add(new ArrayList<>());
        sessions.add(new ArrayList<>());
      }
      batteries.get(batteries.size() - 1).add(ref);
    }
    left = new AtomicInteger(batteries.size());
  }

  int number() {
    return number;
  }

  /** Number of batteries. */
  int batteries() {
    return batteries.size();
  }

  /**
   * Simulates a battery; call once for each.
   *
   * @param done is told of each session that is over
   * @return true when it was the last one
   */
  boolean simulate(int battery, SessionGenerator generator, Runnable done) {
    List<SessionData> own = sessions.get(battery);
    generator.battery(
        plan,
        batteries.get(battery),
        session -> {
          own.add(session);
          done.run();
        });
    return left.decrementAndGet() == 0;
  }

  /** All sessions in order, once every battery is simulated. */
  List<SessionData> sessions() {
    return sessions.stream().flatMap(List::stream).toList();
  }
}
