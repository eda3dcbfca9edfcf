package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads courses: constants, ramps, series, and columns of recorded files. */
final class CourseReader {
  static final List<String> KEYS = List.of("value", "ramp", "series", "profile");

  private CourseReader() {}

  /** The course of a block with one of {@link #KEYS}. */
  static Course of(YamlNode block, Unit unit) {
    List<String> given = KEYS.stream().filter(k -> block.get(k) != null).toList();
    if (given.size() != 1) {
      throw block.wrong(
          (given.isEmpty() ? "none" : "more than one")
              + " of 'value', 'ramp', 'series', 'profile' is there; allowed: one of them.");
    }
    YamlNode node = Objects.requireNonNull(block.get(given.get(0)));
    return switch (given.get(0)) {
      case "value" -> Course.constant(node.in(unit));
      case "ramp" -> ramp(node, unit);
      case "series" -> series(node, unit, block.or("linear", YamlNode::flag, true));
      default -> profile(node, unit);
    };
  }

  private static Course ramp(YamlNode node, Unit unit) {
    node.only(List.of("from", "to", "over"));
    return Course.ramp(
        node.need("from", "a value").in(unit),
        node.need("to", "a value").in(unit),
        node.need("over", "a time").seconds(1e-9));
  }

  /** A list of pairs of time and value. */
  static Course series(YamlNode node, Unit unit, boolean linear) {
    List<YamlNode> points = node.list();
    double[] times = new double[points.size()];
    double[] values = new double[points.size()];
    for (int i = 0; i < times.length; i++) {
      List<YamlNode> pair = points.get(i).list();
      if (pair.size() != 2) {
        throw points.get(i).notAllowed("a pair of time and value, such as [10 s, 25 °C]");
      }
      times[i] = pair.get(0).seconds(0);
      values[i] = pair.get(1).in(unit);
    }
    try {
      return new Course(times, values, linear);
    } catch (IllegalArgumentException e) {
      throw node.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** A column of a CSV file over its time column; the header tells names, {@code Current [A]}. */
  static Course profile(YamlNode node, Unit unit) {
    node.only(List.of("file", "column", "time", "linear"));
    YamlNode fileNode = node.need("file", "a CSV file");
    Path file = fileNode.path();
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
    } catch (IOException e) {
      throw fileNode.wrong(
          "'" + fileNode.text() + "' cannot be read; allowed: an existing CSV file.");
    }
    if (lines.size() < 2) {
      throw fileNode.wrong("'" + fileNode.text() + "' is empty; allowed: a header and rows.");
    }
    List<String> header = Arrays.stream(lines.get(0).split(",", -1)).map(String::strip).toList();
    int time =
        column(
            node.get("time") == null ? node : node.need("time", ""),
            header,
            node.or("time", YamlNode::text, "Time [s]"));
    YamlNode columnNode = node.need("column", String.join(", ", header));
    int value = column(columnNode, header, columnNode.text());
    Unit written = unitOf(header.get(value), unit);
    List<double[]> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        double read = Double.parseDouble(cells[value].strip());
        rows.add(
            new double[] {
              Double.parseDouble(cells[time].strip()),
              (written.toBase(read) - unit.offset()) / unit.factor()
            });
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw fileNode.wrong(
            "'" + fileNode.text() + "', line " + (i + 1) + ": not a number in both columns.");
      }
    }
    return new Course(
        rows.stream().mapToDouble(r -> r[0]).toArray(),
        rows.stream().mapToDouble(r -> r[1]).toArray(),
        node.or("linear", YamlNode::flag, true));
  }

  private static int column(YamlNode node, List<String> header, String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw node.wrong(
          "column '" + name + "' is not there; allowed: " + String.join(", ", header) + ".");
    }
    return index;
  }

  /** The unit in brackets of a header, if it measures the same. */
  private static Unit unitOf(String header, Unit usual) {
    int open = header.lastIndexOf('[');
    int close = header.lastIndexOf(']');
    if (open < 0 || close < open) {
      return usual;
    }
    return Unit.of(header.substring(open + 1, close))
        .filter(u -> u.dimension().equals(usual.dimension()))
        .orElse(usual);
  }
}
