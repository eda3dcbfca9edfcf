package dev.anodyne.controller.http;

/**
 * How many points of its charge each connector may keep in memory: all connectors together have a
 * budget, so that a thousand of them need no more than a few large ones.
 */
final class PointBudget {
  /** A charge at 1 Hz for 5.5 hours before it is thinned. */
  static final int MOST = 20_000;

  /** Enough for a chart. */
  private static final int LEAST = 600;

  /** Of 12 columns: 96 MB. */
  private static final int ALL = 1_000_000;

  private PointBudget() {}

  /** The points of one of so many connectors. */
  static int each(int connectors) {
    return Math.max(LEAST, Math.min(MOST, ALL / Math.max(1, connectors)));
  }
}
