package dev.anodyne.opcua.server.station;

import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Status and time of a charger's values at one instant, worked out once for each origin. */
final class ChargerTruth implements LiveObject.Truth {
  private final ChargerSnapshot snapshot;
  private final Instant now;
  private final long[] statuses = new long[Origin.values().length];

  /**
   * Of a snapshot.
   *
   * @param now when the server judges it, UTC
   */
  ChargerTruth(ChargerSnapshot snapshot, Freshness freshness, Instant now) {
    this.snapshot = snapshot;
    this.now = freshness == Freshness.FRESH ? snapshot.time() : now;
    for (Origin origin : Origin.values()) {
      statuses[origin.ordinal()] = origin.status(snapshot, freshness);
    }
  }

  @Override
  public long status(Origin origin) {
    return statuses[origin.ordinal()];
  }

  /** Of a bad value: when it was found to be bad. */
  @Override
  public Instant time(Origin origin, long status) {
    return new StatusCode(status).isBad() ? now : origin.time(snapshot);
  }
}
