package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A value that came out otherwise than it was recorded.
 *
 * @param quantity its name, e.g. {@code estimate.anodePotentialVolts}
 * @param recorded the recorded value
 * @param recomputed the value that the replay gives
 */
public record Difference(String quantity, String recorded, String recomputed) {
  /** What is there on neither side. */
  private static final String ABSENT = "nothing";

  /** Every value in which two trees differ, to the last bit; in the order of the recorded tree. */
  static List<Difference> between(JsonNode recorded, JsonNode recomputed) {
    List<Difference> found = new ArrayList<>();
    compare("", recorded, recomputed, found);
    return found;
  }

  private static void compare(String name, JsonNode a, JsonNode b, List<Difference> found) {
    if (a.isObject() && b.isObject()) {
      for (Map.Entry<String, JsonNode> part : a.properties()) {
        compare(inside(name, part.getKey()), part.getValue(), b.path(part.getKey()), found);
      }
      TreeSet<String> added = new TreeSet<>();
      b.fieldNames().forEachRemaining(added::add);
      a.fieldNames().forEachRemaining(added::remove);
      added.forEach(key -> compare(inside(name, key), a.path(key), b.get(key), found));
    } else if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        compare(name + "[" + i + "]", a.get(i), b.get(i), found);
      }
    } else if (a.isContainerNode() || b.isContainerNode() || !text(a).equals(text(b))) {
      found.add(new Difference(name, text(a), text(b)));
    }
  }

  private static String inside(String name, String part) {
    return name.isEmpty() ? part : name + "." + part;
  }

  /** Different doubles have different texts, and each double has one. */
  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return ABSENT;
    }
    return node.isContainerNode() ? node.toString() : node.asText();
  }
}
