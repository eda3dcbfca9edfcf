package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;

/**
 * One thing that happened to a {@link ChargeLoop}, told in the order in which it happened: what
 * came in ({@link Started}, {@link Resumed}, {@link Authorised}, {@link StoppedGently}, {@link
 * Stopped}, {@link Changed}, {@link PolicyChanged}, {@link Deciding}, {@link Looked}) and what the
 * loop made of it ({@link Decided}, {@link Commanded}). What came in, given to another loop in the
 * same order, leads to the same outcomes.
 */
public sealed interface LoopEvent {
  /** What made the loop command. */
  enum Trigger {
    /** A decision was taken up. */
    DECISION,
    /** A decision had not come in time. */
    LATE,
    /** The guard looked between decisions. */
    RECHECK
  }

  /** The session may charge from now on. */
  record Started(long timeNanos) implements LoopEvent {}

  /** A charge of a process that has ended may go on from now on. */
  record Resumed(long timeNanos) implements LoopEvent {}

  /** The vehicle, or one that comes soon, may charge. */
  record Authorised(long timeNanos) implements LoopEvent {}

  /**
   * The session is to end along a ramp.
   *
   * @param mostAmpsPerSecond the fastest fall that is wished for, A/s
   */
  record StoppedGently(String reason, double mostAmpsPerSecond, long timeNanos)
      implements LoopEvent {}

  /** The session was ended. */
  record Stopped(String reason, long timeNanos) implements LoopEvent {}

  /** Target, limits or margin were changed. */
  record Changed(SessionSettings settings) implements LoopEvent {}

  /**
   * Another policy decides from the next {@link Deciding} on.
   *
   * @param policy what it is: the text of its file, or its name
   */
  record PolicyChanged(String policy) implements LoopEvent {}

  /**
   * Estimate and decision begin.
   *
   * @param status the image that they rest on
   * @param timeNanos time of the image, ns
   * @param applied the command in force, which the estimator is told
   * @param thermal the command in force for heater and cooler, which the estimator is told
   */
  record Deciding(
      ChargerStatus status, long timeNanos, CurrentCommand applied, ThermalCommand thermal)
      implements LoopEvent {}

  /** Estimate and decision are there. The twin's state in the estimate is valid during the call. */
  record Decided(Proposal proposal) implements LoopEvent {}

  /**
   * The guard looked before the first decision: there is no record yet, and nothing is commanded.
   *
   * @param status the image that it judged
   * @param timeNanos when, ns
   */
  record Looked(ChargerStatus status, long timeNanos) implements LoopEvent {}

  /** The loop commanded; the record's status is the image that the guard judged. */
  record Commanded(Trigger trigger, LoopRecord record) implements LoopEvent {}
}
