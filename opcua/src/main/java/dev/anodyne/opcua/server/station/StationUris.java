package dev.anodyne.opcua.server.station;

/** The namespaces of a station. Their indices differ between servers; the URIs never change. */
public final class StationUris {
  /** Types: what every station and every charger looks like. */
  public static final String TYPES = "urn:anodyne:types";

  /** Instances: this station, with its chargers. */
  public static final String INSTANCES = "urn:anodyne:station:instances";

  /** OPC 10000-100, Devices. */
  public static final String DI = "http://opcfoundation.org/UA/DI/";

  private StationUris() {}
}
