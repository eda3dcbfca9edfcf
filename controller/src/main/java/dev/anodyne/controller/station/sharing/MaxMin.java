package dev.anodyne.controller.station.sharing;

import dev.anodyne.mpc.lp.LpStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Lexicographic max-min fairness by linear programs: the level of all is raised as far as it goes;
 * those that cannot have more keep it, and the level of the others is raised on. Who can have more
 * is found by one further program a round: with a little above the level allowed to each, a
 * solution that gives as much of it as possible gives it to everybody who can have some, since the
 * feasible set is convex.
 */
final class MaxMin {
  /** The little more, as a share of the size. */
  private static final double LITTLE = 1e-3;

  /** Rounds; after these the rest keeps the level reached. */
  private static final int MOST_ROUNDS = 12;

  private final PlanProgram program;
  private final double[] untilSeconds;
  private final double[] size;
  private final double[] most;

  /**
   * @param untilSeconds until when the energy of each charge counts, s
   * @param size what a level of one means for each, kWh
   * @param most what each can use, kWh
   */
  MaxMin(PlanProgram program, double[] untilSeconds, double[] size, double[] most) {
    this.program = program;
    this.untilSeconds = untilSeconds;
    this.size = size;
    this.most = most;
  }

  /**
   * Raises the level of some charges; what each reached is asked for from then on.
   *
   * @return how the last solve ended; without a solution nothing is asked for
   */
  LpStatus raise(List<Integer> members) {
    List<Integer> open = new ArrayList<>();
    for (int i : members) {
      program.measureFairness(i, untilSeconds[i]);
      if (size[i] > 0 && most[i] > 0) {
        open.add(i);
      }
    }
    LpStatus status = LpStatus.OPTIMAL;
    for (int round = 0; round < MOST_ROUNDS && !open.isEmpty(); round++) {
      // A charge that has all it can use leaves before its level ends at that.
      double ceiling = Double.POSITIVE_INFINITY;
      for (int i : open) {
        program.fair(i, size[i], 0, Double.POSITIVE_INFINITY);
        ceiling = Math.min(ceiling, most[i] / size[i]);
      }
      program.levelBetween(0, ceiling);
      status = program.raiseLevel();
      if (!status.hasSolution()) {
        return release(open, status);
      }
      double level = program.levelValue();
      List<Integer> stuck = stuck(open, level);
      for (int i : stuck) {
        fix(i, level * size[i]);
      }
      open.removeAll(stuck);
    }
    for (int i : open) {
      fix(i, program.levelValue() * size[i]);
    }
    program.levelBetween(0, 0);
    return status;
  }

  /** Those that cannot have more than the level. */
  private List<Integer> stuck(List<Integer> open, double level) {
    double[] weights = new double[program.variables()];
    program.levelBetween(level * (1 - PlanProgram.ROOM), level);
    for (int i : open) {
      program.fair(i, size[i], 0, LITTLE * size[i]);
      for (int k = 0; k < program.slots.count(); k++) {
        boolean counts = program.slots.from(k) < untilSeconds[i];
        weights[program.power(i, k)] = counts ? program.slots.hours(k) / size[i] : 0;
      }
    }
    if (!program.maximise(weights).hasSolution()) {
      return List.copyOf(open);
    }
    List<Integer> stuck = new ArrayList<>();
    for (int i : open) {
      double more = program.measured(i, untilSeconds[i]) - level * size[i];
      if (more < 0.1 * LITTLE * size[i]) {
        stuck.add(i);
      }
    }
    return stuck;
  }

  private void fix(int charge, double kilowattHours) {
    double least = Math.max(0, kilowattHours * (1 - PlanProgram.ROOM) - PlanProgram.ROOM);
    program.fair(charge, 0, least, Double.POSITIVE_INFINITY);
  }

  private LpStatus release(List<Integer> open, LpStatus status) {
    open.forEach(program::free);
    program.levelBetween(0, 0);
    return status;
  }
}
