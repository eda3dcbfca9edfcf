package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A charge as it is kept; null for what is not known.
 *
 * @param id unique
 * @param connector where
 * @param startedBy who or what began it, for people
 * @param begun UTC
 * @param ended UTC; null while it runs
 * @param state as last heard
 * @param reason why it is in this state, for people; may be empty
 * @param targetReached whether it ended since its target was reached; null while it runs
 * @param detail how closely its telemetry is kept
 * @param figures what it came to; of a charge that runs, what it has come to
 */
public record ChargeRow(
    String id,
    String connector,
    @Nullable String batteryId,
    @Nullable String cell,
    @Nullable String layout,
    @Nullable String estimator,
    @Nullable String policy,
    @Nullable String policyVersion,
    @Nullable String policyDigest,
    @Nullable String startedBy,
    @Nullable Double targetSoc,
    Instant begun,
    @Nullable Instant ended,
    String state,
    String reason,
    @Nullable Boolean targetReached,
    Detail detail,
    ChargeFigures figures) {
  /** How closely telemetry is kept. The order is that of the numbers in the database. */
  public enum Detail {
    /** As it was told. */
    FULL,
    /** Lowest, mean and highest of each minute. */
    MINUTES,
    /** Not any more. */
    NONE
  }
}
