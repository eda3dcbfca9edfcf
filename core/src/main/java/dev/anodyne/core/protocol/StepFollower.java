package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one protocol step until one of its events, its duration or the cell's end, in sub-steps
 * as long as the model's error control allows.
 */
final class StepFollower {
  /** A sub-step that goes too far is halved; below this the cell is at its end, s. */
  static final double SHORTEST_STEP_SECONDS = 1e-2;

  /** Longest step of a protocol without a duration, s: 30 days. */
  static final double TIME_LIMIT_SECONDS = 30 * 86_400.0;

  private final ProtocolStep step;
  private final CellRun run;
  private final RunLog log;
  private final double nominalAmpHours;
  private final P2dControl control;
  private final double value;
  private final int[] side;
  private final double[] excess;

  StepFollower(ProtocolStep step, CellRun run, RunLog log, double nominalAmpHours) {
    this.step = step;
    this.run = run;
    this.log = log;
    this.nominalAmpHours = nominalAmpHours;
    control = step.action().control();
    value = step.action().value(nominalAmpHours);
    side = new int[step.ends().size()];
    excess = new double[side.length];
  }

  /**
   * @param share of the whole run that is done, for the progress
   * @param part of the whole run that this step is, for the progress
   * @return why the whole run ends here; null when it goes on
   */
  @Nullable SimulationTermination follow(int cycle, int number, double share, double part) {
    double start = log.time();
    run.hold(control, value, 0);
    if (!run.glance()) {
      return depleted(cycle, number, start);
    }
    if (log.isEmpty()) {
      log.row();
    }
    log.jump();
    String already = watch(run.begin().outputs());
    if (already != null) {
      log.outcome(cycle, number, step.text(), start, already);
      return null;
    }
    boolean timed = step.maxSeconds() < Double.POSITIVE_INFINITY;
    double limit = timed ? step.maxSeconds() : TIME_LIMIT_SECONDS;
    double longest = limit;
    double done = 0;
    while (limit - done > 1e-9) {
      if (!run.tryFreely(Math.min(longest, limit - done))) {
        longest = 0.5 * run.triedSeconds();
        if (longest < SHORTEST_STEP_SECONDS) {
          return depleted(cycle, number, start);
        }
        continue;
      }
      int hit = search();
      double dt = run.triedSeconds();
      done += dt;
      longest = Math.max(longest, 2 * dt);
      double within = timed ? done / limit : 0;
      log.keep(share + part * within, step.text());
      if (hit >= 0) {
        log.row();
        log.outcome(cycle, number, step.text(), start, step.ends().get(hit).describe());
        return null;
      }
    }
    log.row();
    return timeIsUp(cycle, number, start);
  }

  private @Nullable SimulationTermination timeIsUp(int cycle, int number, double start) {
    if (step.maxSeconds() < Double.POSITIVE_INFINITY) {
      log.outcome(cycle, number, step.text(), start, "duration " + step.maxSeconds() + " s");
      return null;
    }
    log.outcome(cycle, number, step.text(), start, "time limit");
    return new SimulationTermination(
        SimulationTermination.Kind.TIME_LIMIT,
        "'" + step.text() + "' did not meet its end within 30 days.",
        log.time());
  }

  /** Notes on which side of its limit each event is; names one that already holds. */
  private @Nullable String watch(P2dOutputs outputs) {
    List<StepEnd> ends = step.ends();
    for (int i = 0; i < side.length; i++) {
      double over = ends.get(i).excess(outputs, nominalAmpHours);
      side[i] = ends.get(i).side(step.action().direction(), over);
      excess[i] = side[i] * over;
      if (excess[i] >= 0) {
        return "already at " + ends.get(i).describe();
      }
    }
    return null;
  }

  /** The first event in the sub-step just tried, which then ends at it; −1 when there is none. */
  private int search() {
    int first = -1;
    for (int i = 0; i < side.length; i++) {
      double after = signed(i);
      if (after >= 0) {
        double dt = run.triedSeconds();
        double seconds = EventSearch.locate(i, excess[i], after, dt, this::signedAt);
        if (seconds == run.triedSeconds() || run.land(seconds)) {
          first = i;
        }
      }
    }
    for (int i = 0; i < side.length; i++) {
      excess[i] = signed(i);
    }
    return first;
  }

  private double signed(int end) {
    return side[end] * step.ends().get(end).excess(run.tried(), nominalAmpHours);
  }

  private double signedAt(int end, double seconds) {
    return run.land(seconds) ? signed(end) : Double.NaN;
  }

  private SimulationTermination depleted(int cycle, int number, double start) {
    log.outcome(cycle, number, step.text(), start, "depletion");
    return Depletion.of(run, log, step.text());
  }
}
