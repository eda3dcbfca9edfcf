package dev.anodyne.opcua.server.station;

/** How long ago a charger's loop was heard of. The server judges this by its own clock. */
enum Freshness {
  /** In time. */
  FRESH,
  /** Quiet for several periods: what was good is the last usable value. */
  STALE,
  /** Quiet for so long that nothing is known any more. */
  GONE
}
