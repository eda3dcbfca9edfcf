package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first line of a recording: what wrote it, and what the loop was made of.
 *
 * @param machine what bits may depend on: version of this software, Java, processor, solver
 * @param settings what the charge was to do at its start
 * @param rules by which the session's state changed
 * @param guard the guard's settings
 * @param parts what estimator and policy were made of, in the form of whoever made them
 */
public record RecordingHeader(
    Map<String, String> machine,
    SessionSettings settings,
    SessionRules rules,
    GuardSettings guard,
    JsonNode parts) {
  public RecordingHeader {
    machine = Map.copyOf(machine);
  }

  /** A charge by the usual rules. */
  public RecordingHeader(
      Map<String, String> machine, SessionSettings settings, GuardSettings guard, JsonNode parts) {
    this(machine, settings, SessionRules.USUAL, guard, parts);
  }

  ObjectNode toTree() {
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("format", Form.NAME).put("version", Form.VERSION);
    node.set("machine", Form.JSON.valueToTree(new java.util.TreeMap<>(machine)));
    node.set("settings", Form.tree(settings));
    node.set("rules", Form.tree(rules));
    node.set("guard", Form.tree(guard));
    node.set("parts", parts);
    return node;
  }

  static RecordingHeader read(JsonNode node) {
    if (!Form.NAME.equals(node.path("format").asText())) {
      throw new RecordingException("no recording of a charge");
    }
    int version = node.path("version").asInt();
    if (version < 1 || version > Form.VERSION) {
      throw new RecordingException(
          "a recording of version "
              + version
              + "; allowed: 1 to "
              + Form.VERSION
              + ".\nMaybe a newer anodyne wrote it");
    }
    Map<String, String> machine = new LinkedHashMap<>();
    node.path("machine").properties().forEach(e -> machine.put(e.getKey(), e.getValue().asText()));
    return new RecordingHeader(
        machine,
        Form.settings(node.path("settings")),
        Form.rules(node.path("rules")),
        Form.record(node.path("guard"), GuardSettings.class),
        node.path("parts"));
  }
}
