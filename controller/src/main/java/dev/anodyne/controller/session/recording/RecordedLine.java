package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.controller.session.LoopEvent.Trigger;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.mpc.lp.DecisionTape;
import org.jspecify.annotations.Nullable;

/** One line of a recording: what came into the loop, or what the loop made of it. */
public sealed interface RecordedLine {
  /** The session was started. */
  record Start(long timeNanos) implements RecordedLine {}

  /** A charge of a process that had ended went on. */
  record Resume(long timeNanos) implements RecordedLine {}

  /** The vehicle, or one that came soon, was allowed to charge. */
  record Authorise(long timeNanos) implements RecordedLine {}

  /**
   * The session was to end along a ramp.
   *
   * @param mostAmpsPerSecond the fastest fall that was wished for, A/s
   */
  record StopGently(String reason, double mostAmpsPerSecond, long timeNanos)
      implements RecordedLine {}

  /** The session was ended. */
  record Stop(String reason, long timeNanos) implements RecordedLine {}

  /** Settings were changed. */
  record Settings(SessionSettings settings) implements RecordedLine {}

  /**
   * Another policy was offered, and takes over with the next decision.
   *
   * @param policy its name, or the text of its file
   */
  record Policy(String policy) implements RecordedLine {}

  /**
   * A decision began.
   *
   * @param applied the command in force for the charger
   * @param thermal the command in force for heater and cooler; null in recordings that did not yet
   *     hold it
   */
  record Deciding(
      ChargerStatus status,
      long timeNanos,
      CurrentCommand applied,
      @Nullable ThermalCommand thermal)
      implements RecordedLine {}

  /**
   * A decision was there.
   *
   * @param outcome in the form of {@link Outcome}
   * @param solveNanos time it took, ns
   * @param plan the plan behind it; empty where it was not kept
   * @param tape what it took from outside; nothing without a deadline
   * @param told in the form of {@link Outcome#told}; null in recordings that did not yet hold it
   */
  record Decided(
      JsonNode outcome,
      long solveNanos,
      PlanAhead plan,
      DecisionTape.Outcomes tape,
      @Nullable JsonNode told)
      implements RecordedLine {}

  /** The guard looked before the first decision. */
  record Looked(ChargerStatus status, long timeNanos) implements RecordedLine {}

  /**
   * The loop commanded.
   *
   * @param outcome in the form of {@link Outcome}
   * @param why the guard's sentence
   */
  record Commanded(
      Trigger trigger, ChargerStatus status, long timeNanos, JsonNode outcome, String why)
      implements RecordedLine {}

  /** The recording was ended in order. */
  record End() implements RecordedLine {}
}
