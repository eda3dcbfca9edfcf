package dev.anodyne.controller.config;

import dev.anodyne.opcua.model.NodeAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * Reads where a node is: {@code node} with its identifier, or {@code path} with the browse names
 * from the Objects folder on.
 */
final class NodeReader {
  static final List<String> KEYS = List.of("node", "path", "namespace");

  /** Stands for the charger's id in identifiers and names. */
  static final String CHARGER = "{charger}";

  static final int LONGEST_PATH = 20;
  static final String NODE_ALLOWED =
      "a number, a text, or i=NUMBER, s=TEXT, g=GUID, b=BASE64 as OPC UA writes them";
  static final String PATH_ALLOWED = "browse names from the Objects folder on, such as CH01/Meas/I";

  private final Optional<String> defaultNamespace;
  private final String chargerId;

  NodeReader(Optional<String> defaultNamespace, String chargerId) {
    this.defaultNamespace = defaultNamespace;
    this.chargerId = chargerId;
  }

  /** The node that a mapping must name. */
  NodeAddress required(YamlMap map) {
    return read(map).orElseThrow(() -> map.missing("node", "node or path"));
  }

  /** The node that a mapping names; empty when it names none. */
  Optional<NodeAddress> read(YamlMap map) {
    if (map.has("node") && map.has("path")) {
      throw map.refused("path", "stands beside node; allowed: either of them.");
    }
    if (!map.has("node") && !map.has("path")) {
      return Optional.empty();
    }
    String namespace =
        map.text("namespace", "a namespace URI")
            .or(() -> defaultNamespace)
            .orElseThrow(
                () -> map.missing("namespace", "a namespace URI, here or for the whole file"));
    return Optional.of(map.has("node") ? byId(map, namespace) : byPath(map, namespace));
  }

  private NodeAddress byId(YamlMap map, String namespace) {
    Object node = map.textOrNumber("node", NODE_ALLOWED).orElseThrow();
    try {
      return new NodeAddress.ById(
          node instanceof Long number
              ? ExpandedNodeId.of(namespace, UInteger.valueOf(number))
              : id(namespace, filled(String.valueOf(node))));
    } catch (IllegalArgumentException e) {
      throw map.refuse("node", node, NODE_ALLOWED, null);
    }
  }

  private static ExpandedNodeId id(String namespace, String text) {
    String rest = text.length() > 2 ? text.substring(2) : "";
    return switch (text.substring(0, Math.min(2, text.length()))) {
      case "i=" -> ExpandedNodeId.of(namespace, UInteger.valueOf(Long.parseLong(rest)));
      case "g=" -> ExpandedNodeId.of(namespace, UUID.fromString(rest));
      case "b=" -> ExpandedNodeId.of(namespace, ByteString.of(Base64.getDecoder().decode(rest)));
      case "s=" -> ExpandedNodeId.of(namespace, rest);
      default -> ExpandedNodeId.of(namespace, text);
    };
  }

  /**
   * A list where a name has a slash in it, else one text; {@code URI;NAME} leaves the namespace.
   */
  private NodeAddress byPath(YamlMap map, String namespace) {
    List<String> names = map.texts("path", LONGEST_PATH, PATH_ALLOWED);
    List<String> parts = names;
    if (names.size() == 1) {
      parts = List.of(names.get(0).replaceFirst("^/", "").split("/", -1));
    }
    List<NodeAddress.Step> steps = new ArrayList<>();
    for (String part : parts) {
      int cut = names.size() == 1 ? -1 : part.indexOf(';');
      String name = filled(part.substring(cut + 1));
      if (name.isBlank()) {
        throw map.refuse("path", String.join("/", names), PATH_ALLOWED, null);
      }
      steps.add(new NodeAddress.Step(cut < 0 ? namespace : part.substring(0, cut), name));
    }
    return new NodeAddress.ByPath(steps);
  }

  private String filled(String text) {
    return text.replace(CHARGER, chargerId);
  }
}
