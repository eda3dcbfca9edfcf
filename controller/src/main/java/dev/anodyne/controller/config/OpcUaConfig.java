package dev.anodyne.controller.config;

import dev.anodyne.opcua.server.station.AlarmSettings;
import dev.anodyne.opcua.server.station.Nameplate;
import dev.anodyne.opcua.server.station.StationLayout;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The station's own OPC UA server, for SCADA systems.
 *
 * @param bind address to listen on; {@code 127.0.0.1} keeps it on this machine
 * @param port TCP port, 1–65535
 * @param host host name or address that clients are told to use
 * @param pki folder of its certificate and of those that it trusts
 * @param station the station's name, for people
 * @param security who may do what, and how much of it
 * @param policies names of policies that clients may choose, and the name or file of each
 * @param historyPoints values kept of each variable, at least 1
 * @param alarms what is other than usual about its alarms
 * @param audit where it is kept who did what; null: only in the log
 * @param chargers what is known about the charger at each connector
 */
public record OpcUaConfig(
    String bind,
    int port,
    String host,
    Path pki,
    String station,
    OpcUaSecurity security,
    Map<String, String> policies,
    int historyPoints,
    AlarmSettings alarms,
    @Nullable AuditConfig audit,
    Map<String, Plate> chargers) {
  /** The port unless configured otherwise: the one beside the chargers' usual one. */
  public static final int DEFAULT_PORT = 4841;

  /** An hour of values at one a second. */
  public static final int DEFAULT_HISTORY_POINTS = 3600;

  public OpcUaConfig {
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    chargers = Map.copyOf(chargers);
  }

  /** What is known about a charger; only its name when nothing is stated. */
  public Plate plate(String connector) {
    Plate stated = chargers.get(connector);
    return stated == null
        ? new Plate(Nameplate.named(connector), StationLayout.MOST_WATTS)
        : stated;
  }

  /**
   * A file that keeps who did what.
   *
   * @param file the newest one
   * @param mostBytes size at which another one is begun
   * @param kept how many older ones are kept, at least 0
   */
  public record AuditConfig(Path file, long mostBytes, int kept) {
    /** Size of a file unless configured otherwise, MB. */
    public static final int MEGABYTES = 10;

    /** Older files unless configured otherwise. */
    public static final int KEPT = 9;
  }

  /**
   * What is known about a charger.
   *
   * @param nameplate maker, model, serial number
   * @param maxPowerWatts upper end of the range of power limits, W
   */
  public record Plate(Nameplate nameplate, double maxPowerWatts) {}
}
