package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;
import org.jspecify.annotations.Nullable;

/**
 * Follows a current profile to its last point, whatever the voltage. Sub-steps begin and end at the
 * profile's points; in between every stage of a sub-step sees its own instant's current.
 */
final class ProfileFollower {
  private static final String DOING = "Profile";

  /** Points closer in time are a jump, s. */
  private static final double SHORTEST_SECONDS = 1e-9;

  private final CurrentProfile profile;
  private final CellRun run;
  private final RunLog log;

  ProfileFollower(CurrentProfile profile, CellRun run, RunLog log) {
    this.profile = profile;
    this.run = run;
    this.log = log;
  }

  @Nullable SimulationTermination follow(int cycle, int cycles) {
    double start = log.time();
    if (log.isEmpty()) {
      run.hold(P2dControl.CURRENT, profile.ampsAt(0), 0);
      if (!run.glance()) {
        return depleted(cycle, start);
      }
      log.row();
    }
    for (int i = 0; i + 1 < profile.length(); i++) {
      double length = profile.secondsAt(i + 1) - profile.secondsAt(i);
      if (length > SHORTEST_SECONDS) {
        double share = (cycle - 1 + profile.secondsAt(i) / profile.durationSeconds()) / cycles;
        if (!segment(i, length, share)) {
          return depleted(cycle, start);
        }
      }
    }
    log.row();
    log.outcome(cycle, 1, DOING, start, "its last row");
    return null;
  }

  /** Between two points, along the line between them. */
  private boolean segment(int i, double length, double share) {
    double from = profile.ampsAt(i);
    double slope = (profile.ampsAt(i + 1) - from) / length;
    run.hold(P2dControl.CURRENT, from, slope);
    double longest = length;
    double done = 0;
    while (length - done > SHORTEST_SECONDS) {
      if (!run.tryFreely(Math.min(longest, length - done))) {
        longest = 0.5 * run.triedSeconds();
        if (longest < StepFollower.SHORTEST_STEP_SECONDS) {
          return false;
        }
        continue;
      }
      done += run.triedSeconds();
      longest = Math.max(longest, 2 * run.triedSeconds());
      log.keep(share, DOING);
    }
    return true;
  }

  private SimulationTermination depleted(int cycle, double start) {
    log.outcome(cycle, 1, DOING, start, "depletion");
    return Depletion.of(run, log, DOING);
  }
}
