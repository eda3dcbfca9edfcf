package dev.anodyne.hil.yaml;

import dev.anodyne.hil.stl.FormulaCheck;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.StlException;
import dev.anodyne.hil.stl.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML file that knows where it stands, so that every complaint names its line. */
public final class YamlNode {
  private final Path file;
  private final String key;
  private final Node node;

  private YamlNode(Path file, String key, Node node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  /**
   * Reads a file whose root is a mapping.
   *
   * @throws ScenarioException when it cannot be read or is not one
   */
  public static YamlNode read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new ScenarioException(file + ": cannot be read; allowed: an existing text file.", e);
    }
  }

  /** The same of text that stands for a file. */
  public static YamlNode parse(Path file, String text) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text));
      if (!(root instanceof MappingNode)) {
        throw new ScenarioException(
            file + ", line 1: the file is not a mapping of keys to values.");
      }
      return new YamlNode(file, "", root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ScenarioException(
          file + ", line " + line + ": not readable as YAML: " + e.getProblem() + ".", e);
    } catch (YAMLException e) {
      throw new ScenarioException(file + ": not readable as YAML: " + e.getMessage() + ".", e);
    }
  }

  /** Where it stands, e.g. {@code checks[0].stl}. */
  public String key() {
    return key;
  }

  public Path file() {
    return file;
  }

  /** Line in the file, from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** An error about this value. */
  public ScenarioException wrong(String problem) {
    return new ScenarioException(place() + ": " + problem);
  }

  /** An error about this value, with what is allowed. */
  public ScenarioException notAllowed(String allowed) {
    return wrong("'" + shown() + "' is not possible; allowed: " + allowed + ".");
  }

  private String place() {
    return file + ", line " + line() + (key.isEmpty() ? "" : ": " + key);
  }

  private String shown() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : isMap() ? "{…}" : "[…]";
  }

  /** The entries of a mapping; a key that is there twice is an error. */
  public Map<String, YamlNode> entries() {
    if (!(node instanceof MappingNode map)) {
      throw notAllowed("a block of keys");
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      String name =
          tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(a block)";
      String path = key.isEmpty() ? name : key + "." + name;
      YamlNode value = new YamlNode(file, path, tuple.getValueNode());
      if (entries.put(name, value) != null) {
        throw value.wrong("the key is there twice; allowed: once.");
      }
    }
    return entries;
  }

  /** Refuses keys that are not in the list. */
  public YamlNode only(Collection<String> allowed) {
    for (Map.Entry<String, YamlNode> entry : entries().entrySet()) {
      if (!allowed.contains(entry.getKey())) {
        Optional<String> alike = FormulaCheck.alike(entry.getKey(), allowed);
        throw new ScenarioException(
            file
                + ", line "
                + entry.getValue().line()
                + ": unknown key '"
                + entry.getValue().key()
                + "'; allowed: "
                + String.join(", ", allowed)
                + "."
                + alike.map(k -> "\nMaybe '" + k + "' is meant.").orElse(""));
      }
    }
    return this;
  }

  /** The value of a key; null when it is not there. */
  public @Nullable YamlNode get(String name) {
    return entries().get(name);
  }

  /** The value of a key that must be there. */
  public YamlNode need(String name, String allowed) {
    YamlNode found = get(name);
    if (found == null) {
      throw wrong("the key '" + name + "' is missing; allowed: " + allowed + ".");
    }
    return found;
  }

  /** The value of a key by a reader, or a default. */
  public <T> T or(String name, Function<YamlNode, T> reader, T otherwise) {
    YamlNode found = get(name);
    return found == null ? otherwise : reader.apply(found);
  }

  /** The elements of a list; a single value counts as a list of one. */
  public List<YamlNode> list() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<YamlNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlNode(file, key + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** The elements of a key's list; none when it is not there. */
  public List<YamlNode> list(String name) {
    YamlNode found = get(name);
    return found == null ? List.of() : found.list();
  }

  /** Text that is not blank; numbers count as text. */
  public String text() {
    if (!(node instanceof ScalarNode scalar)
        || scalar.getTag().equals(Tag.NULL)
        || scalar.getValue().isBlank()) {
      throw notAllowed("a text");
    }
    return scalar.getValue();
  }

  /** One of some words. */
  public String word(Collection<String> allowed) {
    String found = text();
    if (!allowed.contains(found)) {
      throw wrong(
          "'"
              + found
              + "' is not possible; allowed: "
              + String.join(", ", allowed)
              + "."
              + FormulaCheck.alike(found, allowed)
                  .map(k -> "\nMaybe '" + k + "' is meant.")
                  .orElse(""));
    }
    return found;
  }

  public boolean flag() {
    String found = text();
    if (!found.equals("true") && !found.equals("false")) {
      throw notAllowed("true, false");
    }
    return found.equals("true");
  }

  /** A plain number within limits, both included. */
  public double number(double low, double high) {
    double value;
    try {
      value = Double.parseDouble(text());
    } catch (NumberFormatException e) {
      throw notAllowed("a number");
    }
    if (!(value >= low && value <= high)) {
      throw notAllowed("a number, " + Quantity.number(low) + " to " + Quantity.number(high));
    }
    return value;
  }

  /** A whole number within limits. */
  public long whole(long low, long high) {
    double value = number(low, high);
    if (value != Math.rint(value)) {
      throw notAllowed("a whole number, " + low + " to " + high);
    }
    return (long) value;
  }

  /** A number with its unit. */
  public Quantity quantity() {
    try {
      return Quantity.parse(text());
    } catch (StlException e) {
      throw wrong("'" + shown() + "': " + e.getMessage());
    }
  }

  /** A time, s; a plain number counts in seconds. */
  public double seconds(double low) {
    Quantity read = quantity();
    boolean plain = read.unit().symbol().isEmpty();
    if (!plain && !read.unit().dimension().equals(Unit.SECOND.dimension())) {
      throw notAllowed("a time in ms, s, min or h");
    }
    double seconds = plain ? read.value() : read.base();
    if (!(seconds >= low && seconds < Double.POSITIVE_INFINITY)) {
      throw notAllowed("a time of " + (low > 0 ? "more than 0 s" : "0 s or more"));
    }
    return seconds;
  }

  /** A value in a unit: a plain number is in it already, another unit is converted. */
  public double in(Unit unit) {
    Quantity read = quantity();
    if (read.unit().symbol().isEmpty()) {
      return read.value();
    }
    if (!read.unit().dimension().equals(unit.dimension())) {
      throw notAllowed("a value in " + (unit.symbol().isEmpty() ? "plain numbers" : unit.symbol()));
    }
    return (read.base() - unit.offset()) / unit.factor();
  }

  /** A difference of values in a unit: °C counts as K. */
  public double differenceIn(Unit unit) {
    Quantity read = quantity();
    return read.unit().offset() != 0 && unit.dimension().equals(read.unit().dimension())
        ? read.value() / unit.factor()
        : in(unit);
  }

  /** A relative path, from the file's own folder. */
  public Path path() {
    return file.toAbsolutePath().resolveSibling(text()).normalize();
  }

  /** Numbers, texts, lists and maps as plain objects. */
  public Object plain() {
    if (node instanceof MappingNode) {
      Map<String, Object> map = new LinkedHashMap<>();
      entries().forEach((name, value) -> map.put(name, value.plain()));
      return map;
    } else if (node instanceof SequenceNode) {
      return list().stream().map(YamlNode::plain).toList();
    }
    ScalarNode scalar = (ScalarNode) node;
    if (scalar.getTag().equals(Tag.INT)) {
      return Long.parseLong(scalar.getValue().replace("_", ""));
    } else if (scalar.getTag().equals(Tag.FLOAT)) {
      return Double.parseDouble(scalar.getValue());
    } else if (scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    return scalar.getValue();
  }
}
