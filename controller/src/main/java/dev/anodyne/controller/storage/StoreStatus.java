package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the storage fares.
 *
 * @param state whether data gets into the database
 * @param database what people call it
 * @param since when the state began, UTC
 * @param lastError why data does not, or last did not, get into the database; null when it always
 *     has
 * @param inboxEntries entries that wait in memory
 * @param inboxBytes what they take
 * @param inboxCapacityBytes what they may take
 * @param spoolEntries entries that wait on disk
 * @param spoolBytes what they take
 * @param spoolCapacityBytes what they may take
 * @param droppedTelemetry samples and values of variables that were given up since the start
 * @param droppedEvents everything else that was given up, or that the database refused for what it
 *     is, since the start
 * @param written entries that have got into the database since the start
 */
public record StoreStatus(
    State state,
    String database,
    Instant since,
    @Nullable String lastError,
    long inboxEntries,
    long inboxBytes,
    long inboxCapacityBytes,
    long spoolEntries,
    long spoolBytes,
    long spoolCapacityBytes,
    long droppedTelemetry,
    long droppedEvents,
    long written) {
  /** Whether data gets into the database. */
  public enum State {
    /** The database has not been reached yet. */
    OPENING,
    /** It does. */
    OK,
    /** It does, and what has waited follows. */
    CATCHING_UP,
    /** It waits on disk. */
    SPOOLING,
    /** It waits in memory: neither database nor disk take it. */
    MEMORY_ONLY
  }

  /** How much of what may wait does, 0–1: the fuller of memory and disk. */
  public double filled() {
    return Math.max(
        (double) inboxBytes / Math.max(1, inboxCapacityBytes),
        (double) spoolBytes / Math.max(1, spoolCapacityBytes));
  }
}
