package dev.anodyne.opcua.server.station;

import java.time.Instant;

/** Status and time of the station's own values. */
record StationTruth(StationView view) implements LiveObject.Truth {
  @Override
  public long status(Origin origin) {
    return view.status(origin);
  }

  @Override
  public Instant time(Origin origin, long status) {
    return view.time();
  }
}
