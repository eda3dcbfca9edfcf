package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;
import org.jspecify.annotations.Nullable;

/** Follows a current profile to its last point, whatever the voltage. */
final class ProfileFollower {
  private static final String DOING = "Profile";

  /** A sloped current is cut into steps of at most this change, in multiples of the capacity. */
  private static final double LARGEST_CHANGE_C = 0.1;

  private static final double SHORTEST_SLOPE_STEP_SECONDS = 0.05;

  private final CurrentProfile profile;
  private final CellRun run;
  private final RunLog log;
  private final double largestChangeAmps;

  ProfileFollower(CurrentProfile profile, CellRun run, RunLog log, double nominalAmpHours) {
    this.profile = profile;
    this.run = run;
    this.log = log;
    largestChangeAmps = LARGEST_CHANGE_C * nominalAmpHours;
  }

  @Nullable SimulationTermination follow(int cycle, int cycles) {
    double start = log.time();
    if (!run.glance(P2dControl.CURRENT, profile.ampsAt(0))) {
      return depleted(cycle, start);
    }
    if (log.isEmpty()) {
      log.row(run.tried(), 0.0, DOING);
    }
    for (int i = 0; i + 1 < profile.length(); i++) {
      double share = (cycle - 1 + profile.secondsAt(i) / profile.durationSeconds()) / cycles;
      if (!segment(i, share)) {
        return depleted(cycle, start);
      }
    }
    log.row(run.kept(), (double) cycle / cycles, DOING);
    log.outcome(cycle, 1, DOING, start, "its last row");
    return null;
  }

  /** Between two points; the current of a step is the profile's at its end. */
  private boolean segment(int i, double share) {
    double length = profile.secondsAt(i + 1) - profile.secondsAt(i);
    double from = profile.ampsAt(i);
    double change = profile.ampsAt(i + 1) - from;
    double longest = slopeStep(length, change);
    double cap = longest;
    double done = 0;
    while (length - done > 1e-9) {
      double dt = Math.min(Math.min(cap, length - done), log.nextRowTime() - log.time());
      double amps = from + change * Math.min(1.0, (done + dt) / length);
      if (!run.tryStep(P2dControl.CURRENT, amps, dt)) {
        cap = 0.5 * dt;
        if (cap < StepFollower.SHORTEST_STEP_SECONDS) {
          return false;
        }
        continue;
      }
      run.keep();
      log.advance(dt);
      done += dt;
      cap = Math.min(longest, 2 * cap);
      if (log.isRowDue()) {
        log.row(run.kept(), share, DOING);
      }
    }
    return true;
  }

  private double slopeStep(double length, double change) {
    double pieces = Math.ceil(Math.abs(change) / largestChangeAmps);
    double step = pieces > 1 ? length / pieces : length;
    return Math.min(StepFollower.MAX_STEP_SECONDS, Math.max(SHORTEST_SLOPE_STEP_SECONDS, step));
  }

  private SimulationTermination depleted(int cycle, double start) {
    log.outcome(cycle, 1, DOING, start, "depletion");
    return Depletion.of(run, log, DOING);
  }
}
