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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Status images as trees. A line holds only what differs from the image before; writer and reader
 * each remember the whole.
 */
final class Images {
  private final ObjectNode last = Form.JSON.createObjectNode();
  private @Nullable ChargerStatus written;

  /** The parts of an image that differ from the last one; only those become trees. */
  ObjectNode write(ChargerStatus status) {
    ChargerStatus before = written;
    written = status;
    ObjectNode changed = Form.JSON.createObjectNode();
    if (before == null || before.link() != status.link()) {
      changed.put("link", status.link().name());
    }
    put(changed, "measurement", before == null ? null : before.measurement(), status.measurement());
    put(changed, "charger", before == null ? null : before.capabilities(), status.capabilities());
    put(changed, "battery", before == null ? null : before.batteryLimits(), status.batteryLimits());
    if (before == null || before.vehicleConnected() != status.vehicleConnected()) {
      changed.put("connected", status.vehicleConnected());
    }
    if (before == null || !before.faults().equals(status.faults())) {
      ArrayNode faults = changed.putArray("faults");
      new TreeSet<>(status.faults()).forEach(fault -> faults.add(fault.name()));
    }
    if (before == null || !before.reason().equals(status.reason())) {
      changed.put("reason", status.reason());
    }
    put(changed, "thermal", before == null ? null : before.thermal(), status.thermal());
    return changed;
  }

  /** Records are the same bit by bit or are written. */
  private static void put(ObjectNode changed, String name, @Nullable Object before, Object now) {
    if (!now.equals(before)) {
      changed.set(name, Form.tree(now));
    }
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
