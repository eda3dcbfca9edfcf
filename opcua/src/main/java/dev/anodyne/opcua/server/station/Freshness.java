package dev.anodyne.opcua.server.station;

/** How long ago a charger's loop was heard of. The server judges this by its own clock. */
enum Freshness {
  /** In time. */
  FRESH,
  /** Quiet for several periods: what was good is the last usable value. */
  STALE,
  /** Quiet for so long that nothing is known any more. */
  GONE;

  /** A loop is quiet when it has missed this many periods, but not sooner than this. */
  private static final double STALE_PERIODS = 3;

  private static final double SHORTEST_STALE_MILLIS = 1500;

  /** A loop is gone after this many times as long. */
  private static final int GONE_FACTOR = 3;

  /**
   * How fresh a snapshot is.
   *
   * @param nowNanos of the clock that it was stamped by, ns
   */
  static Freshness of(ChargerSnapshot snapshot, long nowNanos) {
    double periodMillis = snapshot.timing().periodSeconds() * 1000;
    double stale = Math.max(SHORTEST_STALE_MILLIS, STALE_PERIODS * periodMillis);
    double quiet = (nowNanos - snapshot.heardNanos()) * 1e-6;
    if (quiet > GONE_FACTOR * stale) {
      return GONE;
    }
    return quiet > stale ? STALE : FRESH;
  }
}
