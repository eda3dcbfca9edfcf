package dev.anodyne.opcua.server.station;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which station it is, and what stands in it at first.
 *
 * @param name the station's name, for people
 * @param softwareVersion of the controller
 * @param chargers in the order of display; their ids differ
 */
public record StationLayout(String name, String softwareVersion, List<Bay> chargers) {
  /** The first part of the ids that belong to no charger. */
  static final String STATION_ID = "Station";

  /** The highest power that can be stated, W. */
  public static final double MOST_WATTS = 4e6;

  public StationLayout {
    chargers = List.copyOf(chargers);
    Set<String> ids = new HashSet<>();
    for (Bay bay : chargers) {
      if (!ids.add(bay.id())) {
        throw new IllegalArgumentException(
            "Charger '" + bay.id() + "' stands twice in the station; ids must differ.");
      }
    }
  }

  /**
   * A charger with the battery that it charges.
   *
   * @param id letters, digits, - and _, at most 40; the first part of its node ids
   * @param nameplate what is known about the device
   * @param battery cells and wiring, for people, e.g. {@code 96s2p of lgm50}
   * @param estimator name of the estimator
   * @param maxPowerWatts upper end of the range of power limits, W
   * @param goalSoc where a charge ends unless somebody says otherwise, 0–1
   */
  public record Bay(
      String id,
      Nameplate nameplate,
      String battery,
      String estimator,
      double maxPowerWatts,
      double goalSoc) {
    public Bay {
      if (!id.matches("[A-Za-z0-9_-]{1,40}") || id.equals(STATION_ID)) {
        throw new IllegalArgumentException(
            "Charger id '"
                + id
                + "' cannot stand in a node id; allowed: letters, digits, _ and -, at most 40, and"
                + " not "
                + STATION_ID
                + ".");
      }
      if (!(maxPowerWatts > 0 && maxPowerWatts <= MOST_WATTS)) {
        throw new IllegalArgumentException(
            "Highest power limit of charger "
                + id
                + " is "
                + maxPowerWatts
                + " W; allowed: above 0 to "
                + MOST_WATTS
                + ".");
      }
    }
  }
}
