package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.WATT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;

/** What a station itself looks like, beside its chargers. */
final class StationModel {
  static final GroupSpec<StationView> GRID_CONNECTION =
      new GroupSpec<>(
          "GridConnection",
          "GridConnectionType",
          NodeIds.BaseObjectType,
          "Where the station's power comes from.",
          List.of(
              StationModel.watts(
                      "DeliveredPower",
                      -ChargerModel.MOST_WATTS,
                      Origin.MEASURED,
                      "Power into all batteries together, as their chargers measure it: not a"
                          + " meter's value. Uncertain when a charger cannot be heard.",
                      StationView::deliveredWatts)
                  .kept()));

  static final GroupSpec<StationView> ENERGY_MANAGEMENT =
      new GroupSpec<>(
          "EnergyManagement",
          "EnergyManagementType",
          NodeIds.BaseObjectType,
          "How the chargers share what there is.",
          List.of(
              StationModel.watts(
                      "PowerLimit",
                      0,
                      Origin.CONTROLLER,
                      "Power of all chargers together that is not to be passed; each charger may"
                          + " use an equal share. The upper end of the range is no limit.",
                      StationView::limitWatts)
                  .writable(),
              data(
                  "Chargers",
                  Kind.UINT32,
                  Origin.FIXED,
                  "Number of chargers.",
                  v -> (long) v.chargers()),
              data(
                  "ChargingSessions",
                  Kind.UINT32,
                  Origin.CONTROLLER,
                  "Number of chargers that charge.",
                  v -> (long) v.charging())));

  static final List<GroupSpec<StationView>> GROUPS = List.of(GRID_CONNECTION, ENERGY_MANAGEMENT);

  private StationModel() {}

  private static VariableSpec<StationView> watts(
      String name,
      double low,
      Origin origin,
      String description,
      java.util.function.Function<StationView, Object> value) {
    return analog(name, WATT, low, ChargerModel.MOST_WATTS, origin, description, value::apply);
  }
}
