package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param limit most items, 1–1000
 * @param cursor {@link Page#next} of the part before; null for the first
 */
public record PageRequest(int limit, @Nullable String cursor) {
  /** Most items of a part. */
  public static final int MOST = 1000;

  /**
   * @throws IllegalArgumentException one line that says what is allowed
   */
  public PageRequest {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is " + limit + "; allowed: 1 to " + MOST + ".");
    }
  }

  /** The first part. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }
}
