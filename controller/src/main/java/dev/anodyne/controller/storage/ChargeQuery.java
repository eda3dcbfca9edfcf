package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which charges are wanted; the newest come first.
 *
 * @param connector only of this one; null: of all
 * @param batteryId only of this battery; null: of all
 * @param from begun at or after; null: any time
 * @param to begun before; null: any time
 * @param page how many, and where to go on
 */
public record ChargeQuery(
    @Nullable String connector,
    @Nullable String batteryId,
    @Nullable Instant from,
    @Nullable Instant to,
    PageRequest page) {
  /** The newest of all. */
  public static ChargeQuery newest(int limit) {
    return new ChargeQuery(null, null, null, null, PageRequest.first(limit));
  }
}
