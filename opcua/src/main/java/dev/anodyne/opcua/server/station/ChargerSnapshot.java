package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one charger and its charge at one instant. Immutable, but for the estimate's
 * twin state, which is not looked at.
 *
 * @param charger its id
 * @param time when the controller saw and decided this, UTC
 * @param measuredAt when the measurement was taken, UTC
 * @param status charger and battery as last heard
 * @param layout how the battery's cells are wired
 * @param estimate the belief about the weakest cell; null when there is none
 * @param limits the limits in force, for one cell
 * @param command what is commanded, for the battery
 * @param commandEnds when the command expires, UTC
 * @param heatWatts heat commanded to heater and cooler, for the battery, W
 * @param decision what the policy wants, for one cell
 * @param reasons why the current is what it is
 * @param session where the charge stands
 * @param progress how long the charge has taken and will take yet
 * @param policy which policy decides
 * @param orders what operators have asked for
 * @param timing how well the loop keeps its time
 * @param heardNanos when the loop last told all this, ns of the machine's monotonic clock; what
 *     operators ask for later makes it no newer
 */
public record ChargerSnapshot(
    String charger,
    Instant time,
    Instant measuredAt,
    ChargerStatus status,
    PackLayout layout,
    @Nullable CellEstimate estimate,
    ChargeLimits limits,
    CurrentCommand command,
    Instant commandEnds,
    double heatWatts,
    PolicyDecision decision,
    Reasons reasons,
    Session session,
    Progress progress,
    Policy policy,
    Orders orders,
    Timing timing,
    long heardNanos) {
  /**
   * Why the current is what it is.
   *
   * @param activeConstraint the limit that explains the current
   * @param sentence the same for a person
   * @param guardReason name of what made the guard lower the current; NONE when nothing did
   * @param guardText the same for a person
   * @param guardTripped whether the guard has stopped the current for what it sees in the
   *     measurements, and not because something is not there or a fault is reported
   */
  public record Reasons(
      ActiveConstraint activeConstraint,
      String sentence,
      String guardReason,
      String guardText,
      boolean guardTripped) {
    /** With a guard that has not tripped. */
    public Reasons(
        ActiveConstraint activeConstraint, String sentence, String guardReason, String guardText) {
      this(activeConstraint, sentence, guardReason, guardText, false);
    }
  }

  /**
   * Where the charge stands.
   *
   * @param phase its state
   * @param reason why, for a person; may be empty
   * @param since when the state began, UTC
   * @param over true when only a new session can charge
   */
  public record Session(SessionPhase phase, String reason, Instant since, boolean over) {}

  /**
   * How far the charge is.
   *
   * @param elapsedSeconds since its first current, s
   * @param remainingSeconds until its target, s; NaN when there is none to tell
   */
  public record Progress(double elapsedSeconds, double remainingSeconds) {}

  /**
   * Which policy decides.
   *
   * @param name what people call it
   * @param version its author's own; empty when none is given
   * @param digest equal digests, equal policies
   */
  public record Policy(String name, String version, String digest) {}

  /**
   * What operators have asked for.
   *
   * @param powerLimitWatts battery power that is not to be passed, W; +∞ when nobody has set one
   * @param stationPowerLimitWatts power of all chargers together, W; +∞ when nobody has set one
   * @param targetSoc where the charge ends, 0–1
   * @param departure when the vehicle leaves, UTC; null when nobody has said
   * @param emergencyStopped an emergency stop was requested and has not been reset
   * @param acknowledgedBy who has acknowledged the fault or stop; empty when nobody has
   */
  public record Orders(
      double powerLimitWatts,
      double stationPowerLimitWatts,
      double targetSoc,
      @Nullable Instant departure,
      boolean emergencyStopped,
      String acknowledgedBy) {}

  /**
   * How well the loop keeps its time.
   *
   * @param periodSeconds time between decisions, s of the wall clock
   * @param cycles decisions since the session began
   * @param missedDeadlines decisions that came late
   * @param solveMillisP99 time that a decision takes, 99th percentile, ms
   * @param latenessMillisP99 delay of the loop's tick, 99th percentile, ms
   */
  public record Timing(
      double periodSeconds,
      long cycles,
      long missedDeadlines,
      double solveMillisP99,
      double latenessMillisP99) {}
}
