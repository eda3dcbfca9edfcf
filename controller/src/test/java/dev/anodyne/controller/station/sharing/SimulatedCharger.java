package dev.anodyne.controller.station.sharing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * A charger with the session that commands it, and the messages between station, session and
 * charger: late, lost, out of order. Knows nothing of the station's books. Times in s, powers in W
 * at the grid connection.
 */
final class SimulatedCharger {
  /** Commands are valid for this long after they are issued, s. */
  static final double VALID = 1.75;

  /** From full power to none, s. */
  static final double RAMP = 3;

  /** Clocks and timers are off by up to this much, s. */
  static final double JITTER = 0.4;

  /** What the station is told of it: nothing of the above acts longer than this, s. */
  static final double SETTLE = VALID + RAMP + JITTER + 0.1;

  private static final double STEP = 0.1;

  final Bay bay;
  private final Random random;
  private final List<Budget> budgetsUnderWay = new ArrayList<>();
  private final List<Command> commandsUnderWay = new ArrayList<>();
  private final List<Confirmation> confirmationsUnderWay = new ArrayList<>();
  private double time;
  private double drawWatts;
  private double wantsWatts;
  private boolean linked = true;
  private boolean heardByStation = true;
  private double lossShare;
  private double lateSeconds = 0.2;
  private double nextLook;
  private Budget budget;
  private Command command = new Command(0, 0, 0);
  private long actedBy;
  private double actedSince;

  private record Budget(long sequence, double watts, double validUntil, double arrives) {}

  private record Command(double watts, double validUntil, double arrives) {}

  /** What a session tells of the budget it acts by. */
  record Confirmation(long sequence, double since, double arrives) {}

  SimulatedCharger(Bay bay, double drawWatts, Random random) {
    this.bay = bay;
    this.random = random;
    this.drawWatts = drawWatts;
    this.budget = new Budget(0, 0, 0, 0);
  }

  double drawWatts() {
    return drawWatts;
  }

  double wantsWatts() {
    return wantsWatts;
  }

  boolean isMeasured() {
    return linked && heardByStation;
  }

  /** Something may happen to it. */
  void surprise() {
    double dice = random.nextDouble();
    if (dice < 0.05) {
      linked = !linked;
    } else if (dice < 0.10) {
      heardByStation = !heardByStation;
    } else if (dice < 0.20) {
      wantsWatts = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 1.2 * bay.ratingWatts();
    } else if (dice < 0.23) {
      lossShare = random.nextInt(3) * 0.4;
    } else if (dice < 0.26) {
      lateSeconds = random.nextInt(4);
    } else if (dice < 0.27) {
      // Another charge: its session begins without a budget.
      budget = new Budget(budget.sequence(), 0, 0, 0);
    }
  }

  void send(long sequence, double watts, double validUntil) {
    if (heardByStation && random.nextDouble() >= lossShare) {
      budgetsUnderWay.add(
          new Budget(sequence, watts, validUntil, time + random.nextDouble() * lateSeconds));
    }
  }

  /** What has arrived at the station by now. */
  List<Confirmation> arrived() {
    List<Confirmation> arrived = new ArrayList<>();
    for (Iterator<Confirmation> all = confirmationsUnderWay.iterator(); all.hasNext(); ) {
      Confirmation c = all.next();
      if (c.arrives() <= time) {
        arrived.add(c);
        all.remove();
      }
    }
    return arrived;
  }

  /** Goes on; returns the most that was drawn. */
  double advance(double until) {
    double most = drawWatts;
    while (time < until) {
      double step = Math.min(STEP, until - time);
      time += step;
      look();
      follow(step);
      most = Math.max(most, drawWatts);
    }
    return most;
  }

  /** The session: takes up budgets, commands once a period and on every change. */
  private void look() {
    boolean changed = false;
    for (Iterator<Budget> all = budgetsUnderWay.iterator(); all.hasNext(); ) {
      Budget b = all.next();
      if (b.arrives() <= time) {
        all.remove();
        if (b.sequence() > budget.sequence()) {
          budget = b;
          changed = true;
        }
      }
    }
    if (!changed && time < nextLook) {
      return;
    }
    nextLook = time + 0.7 + 0.5 * random.nextDouble();
    double itsTime = time + (random.nextDouble() - 0.5) * JITTER;
    boolean valid = itsTime < budget.validUntil();
    double allowed = valid ? budget.watts() : bay.fallbackWatts();
    double watts = Math.min(allowed, wantsWatts);
    if (linked && random.nextDouble() >= lossShare / 2) {
      commandsUnderWay.add(
          new Command(watts, time + VALID, time + random.nextDouble() * lateSeconds));
    }
    if (budget.sequence() > actedBy) {
      actedBy = budget.sequence();
      actedSince = time;
    }
    if (heardByStation && random.nextDouble() >= lossShare) {
      confirmationsUnderWay.add(
          new Confirmation(actedBy, actedSince, time + random.nextDouble() * lateSeconds));
    }
  }

  /** The charger: obeys what came last as long as it is valid, then falls back; ramps. */
  private void follow(double step) {
    for (Iterator<Command> all = commandsUnderWay.iterator(); all.hasNext(); ) {
      Command c = all.next();
      if (c.arrives() <= time) {
        all.remove();
        // A write that comes after its command has expired is refused.
        if (time < c.validUntil()) {
          command = c;
        }
      }
    }
    double target = time < command.validUntil() ? command.watts() : bay.fallbackWatts();
    double most = step * bay.ratingWatts() / RAMP;
    drawWatts += Math.max(-most, Math.min(most, target - drawWatts));
  }
}
