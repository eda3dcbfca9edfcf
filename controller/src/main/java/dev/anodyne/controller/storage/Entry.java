package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/**
 * Something that is to be kept. Each has a key of its own in the database: it may be written twice.
 * Times are µs since 1970 UTC.
 */
sealed interface Entry permits Entry.Event, Sample, HistoryValue {

  /**
   * Something that happens seldom. It is given up only when there is no telemetry left that could
   * give way.
   */
  sealed interface Event extends Entry {}

  /**
   * A charge has begun, or goes on after a restart.
   *
   * @param charge its id
   * @param about what is known of battery and control
   */
  record ChargeBegun(
      String charge,
      String connector,
      long timeMicros,
      About about,
      @Nullable Double targetSoc,
      String state)
      implements Event {}

  /** What is known of a charge's battery and control; null for what is not. */
  record About(
      @Nullable String batteryId,
      @Nullable String cell,
      @Nullable String layout,
      @Nullable String estimator,
      @Nullable String policy,
      @Nullable String policyVersion,
      @Nullable String policyDigest,
      @Nullable String startedBy) {
    static final About NOTHING = new About(null, null, null, null, null, null, null, null);
  }

  /**
   * A session's state has changed.
   *
   * @param charge null when none runs
   */
  record StateChanged(
      String connector, @Nullable String charge, long timeMicros, String state, String reason)
      implements Event {}

  /**
   * A charge is over.
   *
   * @param targetReached null when it is not known
   */
  record ChargeEnded(
      String charge,
      String connector,
      long timeMicros,
      String state,
      String reason,
      @Nullable Boolean targetReached)
      implements Event {}

  /** Something is known about a battery; {@code record} null leaves what was learned as it is. */
  record BatteryTold(
      String batteryId, String cell, String layout, long timeMicros, @Nullable String record)
      implements Event {}

  /** Somebody did something, or tried. */
  record Audited(AuditRow row) implements Event {}

  /** Something has happened to an alarm. */
  record AlarmTold(AlarmRow row) implements Event {}
}
