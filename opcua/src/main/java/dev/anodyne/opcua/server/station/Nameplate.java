package dev.anodyne.opcua.server.station;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a charger's name plate says, after OPC 10000-100 §4.5.2 (IVendorNameplateType) and §4.5.3
 * (ITagNameplateType). What is not known is null and has no node: nothing is made up.
 *
 * @param manufacturer who made it
 * @param model its model's name
 * @param productCode the maker's order number
 * @param serialNumber the maker's serial number
 * @param hardwareRevision of the device
 * @param softwareRevision of the device
 * @param assetId the operator's own number
 * @param componentName the operator's own name, shown to people
 */
public record Nameplate(
    @Nullable String manufacturer,
    @Nullable String model,
    @Nullable String productCode,
    @Nullable String serialNumber,
    @Nullable String hardwareRevision,
    @Nullable String softwareRevision,
    @Nullable String assetId,
    @Nullable String componentName) {
  /** A charger of which only the operator's name is known. */
  public static Nameplate named(String componentName) {
    return new Nameplate(null, null, null, null, null, null, null, componentName);
  }

  /** What is known, by the name that DI gives it, in DI's order. */
  Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    put(known, "Manufacturer", manufacturer);
    put(known, "Model", model);
    put(known, "HardwareRevision", hardwareRevision);
    put(known, "SoftwareRevision", softwareRevision);
    put(known, "ProductCode", productCode);
    put(known, "SerialNumber", serialNumber);
    put(known, "AssetId", assetId);
    put(known, "ComponentName", componentName);
    return known;
  }

  private static void put(Map<String, String> known, String name, @Nullable String value) {
    if (value != null) {
      known.put(name, value);
    }
  }
}
