package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.ThermalCapabilities;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Status images as trees. A line holds only what differs from the image before; writer and reader
 * each remember the whole.
 */
final class Images {
  private final ObjectNode last = Form.JSON.createObjectNode();

  /** The parts of an image that differ from the last one. */
  ObjectNode write(ChargerStatus status) {
    ObjectNode whole = Form.JSON.createObjectNode();
    whole.put("link", status.link().name());
    whole.set("measurement", Form.tree(status.measurement()));
    whole.set("charger", Form.tree(status.capabilities()));
    whole.set("battery", Form.tree(status.batteryLimits()));
    whole.put("connected", status.vehicleConnected());
    ArrayNode faults = whole.putArray("faults");
    new TreeSet<>(status.faults()).forEach(fault -> faults.add(fault.name()));
    whole.put("reason", status.reason());
    whole.set("thermal", Form.tree(status.thermal()));
    ObjectNode changed = Form.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> part : whole.properties()) {
      if (!part.getValue().equals(last.get(part.getKey()))) {
        changed.set(part.getKey(), part.getValue());
      }
    }
    last.setAll(whole);
    return changed;
  }

  /** The whole image of a line. */
  ChargerStatus read(JsonNode changed) {
    if (!(changed instanceof ObjectNode object)) {
      throw new RecordingException("no image");
    }
    last.setAll(object);
    return new ChargerStatus(
        name(LinkState.class, part("link").asText()),
        Form.record(part("measurement"), Measurement.class),
        Form.record(part("charger"), ChargerCapabilities.class),
        Form.record(part("battery"), BatteryLimits.class),
        part("connected").asBoolean(),
        faults(part("faults")),
        part("reason").asText(),
        last.has("thermal")
            ? Form.record(part("thermal"), ThermalCapabilities.class)
            : ThermalCapabilities.NONE);
  }

  private JsonNode part(String name) {
    JsonNode part = last.get(name);
    if (part == null) {
      throw new RecordingException("an image without '" + name + "'");
    }
    return part;
  }

  private static Set<ChargerFault> faults(JsonNode names) {
    Set<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);
    for (Iterator<JsonNode> i = names.elements(); i.hasNext(); ) {
      faults.add(name(ChargerFault.class, i.next().asText()));
    }
    return faults;
  }

  static <E extends Enum<E>> E name(Class<E> type, String name) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new RecordingException("no " + type.getSimpleName() + " '" + name + "'", e);
    }
  }
}
