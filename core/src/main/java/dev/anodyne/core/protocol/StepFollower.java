package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows one protocol step until one of its events, its duration or the cell's end. */
final class StepFollower {
  /** Longest step of the model, s; shorter when rows are asked for more often. */
  static final double MAX_STEP_SECONDS = 10.0;

  /** A step that fails is halved; below this the cell is at its end, s. */
  static final double SHORTEST_STEP_SECONDS = 1e-2;

  /** Longest step of a protocol without a duration, s: a day. */
  static final double TIME_LIMIT_SECONDS = 86_400;

  private final ProtocolStep step;
  private final CellRun run;
  private final RunLog log;
  private final double nominalAmpHours;
  private final P2dControl control;
  private final double value;
  private final int[] side;
  private final double[] signedExcess;

  StepFollower(ProtocolStep step, CellRun run, RunLog log, double nominalAmpHours) {
    this.step = step;
    this.run = run;
    this.log = log;
    this.nominalAmpHours = nominalAmpHours;
    control = step.action().control();
    value = step.action().value(nominalAmpHours);
    side = new int[step.ends().size()];
    signedExcess = new double[side.length];
  }

  /**
   * @param share of the whole run that is done, for the progress
   * @return why the whole run ends here; null when it goes on
   */
  @Nullable SimulationTermination follow(int cycle, int number, double share) {
    double start = log.time();
    if (!run.glance(control, value)) {
      return depleted(cycle, number, start);
    }
    if (log.isEmpty()) {
      log.row(run.tried(), share, step.text());
    }
    String already = watch(run.tried());
    if (already != null) {
      log.outcome(cycle, number, step.text(), start, already);
      return null;
    }
    double limit = Math.min(step.maxSeconds(), TIME_LIMIT_SECONDS);
    double longest = MAX_STEP_SECONDS;
    double done = 0;
    while (limit - done > 1e-9) {
      double dt = Math.min(Math.min(longest, limit - done), log.nextRowTime() - log.time());
      if (!run.tryStep(control, value, dt)) {
        longest = 0.5 * dt;
        if (longest < SHORTEST_STEP_SECONDS) {
          return depleted(cycle, number, start);
        }
        continue;
      }
      longest = Math.min(MAX_STEP_SECONDS, 2 * longest);
      EventSearch.Hit hit = search(dt);
      run.keep();
      log.advance(hit == null ? dt : hit.seconds());
      if (hit != null) {
        log.row(run.kept(), share, step.text());
        log.outcome(cycle, number, step.text(), start, step.ends().get(hit.end()).describe());
        return null;
      }
      done += dt;
      if (log.isRowDue()) {
        log.row(run.kept(), share, step.text());
      }
    }
    log.row(run.kept(), share, step.text());
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
        "'" + step.text() + "' did not meet its end within a day.",
        log.time());
  }

  /** Notes on which side of its limit each event is; names one that already holds. */
  private @Nullable String watch(P2dOutputs outputs) {
    List<StepEnd> ends = step.ends();
    for (int i = 0; i < side.length; i++) {
      double excess = ends.get(i).excess(outputs, nominalAmpHours);
      side[i] = ends.get(i).side(step.action().direction(), excess);
      signedExcess[i] = side[i] * excess;
      if (signedExcess[i] >= 0) {
        return "already at " + ends.get(i).describe();
      }
    }
    return null;
  }

  /** The first event in the step just tried; the run then stands at it. Null when there is none. */
  private EventSearch.@Nullable Hit search(double dt) {
    EventSearch.Hit first = null;
    double[] after = new double[side.length];
    for (int i = 0; i < side.length; i++) {
      after[i] = signed(i);
    }
    for (int i = 0; i < side.length; i++) {
      if (after[i] >= 0) {
        EventSearch.Hit hit = EventSearch.locate(i, signedExcess[i], after[i], dt, this::signedAt);
        first = first == null || hit.seconds() < first.seconds() ? hit : first;
      }
    }
    if (first != null) {
      run.tryStep(control, value, first.seconds());
    }
    System.arraycopy(after, 0, signedExcess, 0, after.length);
    return first;
  }

  private double signed(int end) {
    return side[end] * step.ends().get(end).excess(run.tried(), nominalAmpHours);
  }

  private double signedAt(int end, double seconds) {
    return run.tryStep(control, value, seconds) ? signed(end) : Double.NaN;
  }

  private SimulationTermination depleted(int cycle, int number, double start) {
    log.outcome(cycle, number, step.text(), start, "depletion");
    return Depletion.of(run, log, step.text());
  }
}
