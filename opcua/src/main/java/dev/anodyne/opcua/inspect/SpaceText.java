package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.client.ToolSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;

/** An address space for people, as an indented tree, and for programs. */
public final class SpaceText {
  private SpaceText() {}

  /** One line a node: name, value, type, range, whether it may be written, id. */
  public static String tree(AddressSpace space) {
    StringBuilder text = new StringBuilder("Objects");
    for (SpaceNode node : space.nodes()) {
      add(text, node);
    }
    if (!space.complete()) {
      text.append("\nThere is more: … stands where something was left out.");
    }
    return text.toString();
  }

  private static void add(StringBuilder text, SpaceNode node) {
    String indent = "  ".repeat(node.path().size());
    text.append('\n').append(indent).append(Shown.plain(node.name()));
    node.variable().ifPresent(variable -> text.append(facts(variable)));
    if (node.kind() == SpaceNode.Kind.METHOD) {
      text.append("()");
    }
    text.append("  [").append(id(node)).append(']');
    for (SpaceNode child : node.children()) {
      add(text, child);
    }
    if (node.cut()) {
      text.append('\n').append(indent).append("  …");
    }
  }

  private static String facts(SpaceNode.Variable variable) {
    String unit = variable.unit().map(Shown::unit).orElse("");
    DataValue value = variable.value();
    StringBuilder text = new StringBuilder(" = ").append(Shown.text(value.value().value()));
    if (!unit.isEmpty()) {
      text.append(' ').append(unit);
    }
    text.append("  ").append(type(variable));
    variable.range().ifPresent(range -> text.append("  ").append(Shown.range(range)));
    text.append(variable.writable() ? "  write" : "");
    if (!value.statusCode().isGood()) {
      text.append("  ").append(ToolSession.nameOf(value.statusCode()));
    }
    return text.toString();
  }

  static String type(SpaceNode.Variable variable) {
    return variable.dataType() + (variable.array() ? "[]" : "");
  }

  /** A node's id with the namespace's URI. */
  static String id(SpaceNode node) {
    return Shown.plain(node.id().toParseableString());
  }

  /** The same as maps and lists. */
  public static Map<String, @Nullable Object> toMap(AddressSpace space) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("namespaces", space.namespaces().stream().map(Shown::plain).toList());
    map.put("complete", space.complete());
    map.put("nodes", maps(space.nodes()));
    return map;
  }

  private static List<Object> maps(List<SpaceNode> nodes) {
    List<Object> maps = new ArrayList<>();
    for (SpaceNode node : nodes) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("name", Shown.plain(node.name()));
      map.put("id", id(node));
      map.put("path", Shown.plain(node.pathText()));
      map.put("kind", node.kind().name().toLowerCase(Locale.ROOT));
      node.variable().ifPresent(variable -> put(map, variable));
      if (!node.children().isEmpty()) {
        map.put("nodes", maps(node.children()));
      }
      maps.add(map);
    }
    return maps;
  }

  private static void put(Map<String, @Nullable Object> map, SpaceNode.Variable variable) {
    map.put("type", type(variable));
    map.put("writable", variable.writable());
    variable.unit().ifPresent(unit -> map.put("unit", Shown.unit(unit)));
    variable
        .range()
        .ifPresent(
            range -> {
              map.put("low", Shown.json(range.low()));
              map.put("high", Shown.json(range.high()));
            });
    map.put("value", Shown.json(variable.value().value().value()));
    map.put("status", ToolSession.nameOf(variable.value().statusCode()));
  }
}
