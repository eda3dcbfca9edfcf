package dev.anodyne.hil.scenario;

import dev.anodyne.hil.fault.FaultCatalogue;
import dev.anodyne.hil.fault.FaultKind;
import dev.anodyne.hil.stl.Expression;
import dev.anodyne.hil.stl.Formula;
import dev.anodyne.hil.stl.Formula.Operator;
import dev.anodyne.hil.stl.FormulaCheck;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.StlException;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.stl.Window;
import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A scenario as a table, as test benches have them: a row is an instant, a column stimulates a
 * channel ({@code set environment.ambient [°C]}), makes a fault ({@code fault sensor.bias on
 * sensor.voltage}) or expects a value ({@code expect current [A]}, cells {@code
 * value;upper;lower;delay}). A stimulus holds until the next value, an expectation from its delay
 * on until the next row. Lines that begin with {@code #} hold the other keys of a scenario as YAML.
 */
final class TableReader {
  private final Path file;
  private final YamlNode head;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A column's meaning.
   *
   * @param verb set, fault or expect
   * @param name channel, or the fault's kind
   * @param target of a fault
   */
  private record Column(String verb, String name, String target, Unit unit) {}

  /**
   * A row.
   *
   * @param line in the file
   */
  private record Row(int line, double seconds, List<String> cells) {}

  TableReader(Path file) {
    this.file = file;
    List<String> lines = lines(file);
    // Same line numbers as in the file, so that complaints about the head are right.
    String yaml =
        lines.stream()
            .map(l -> l.startsWith("#") ? l.substring(l.startsWith("# ") ? 2 : 1) : "")
            .collect(Collectors.joining("\n"));
    if (yaml.isBlank()) {
      throw new ScenarioException(
          file
              + ", line 1: a table's other keys are missing; allowed: lines such as '# duration: 4 min'.");
    }
    head = YamlNode.parse(file, yaml);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("#") && !line.isBlank()) {
        List<String> cells = cells(line);
        if (columns.isEmpty()) {
          header(i + 1, cells);
        } else {
          row(i + 1, cells);
        }
      }
    }
    if (rows.isEmpty()) {
      throw new ScenarioException(file + ": the table is empty; allowed: a header and rows.");
    }
  }

  Scenario read() {
    return ScenarioReader.of(head, this);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new ScenarioException(file + ": cannot be read; allowed: an existing text file.", e);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private void header(int line, List<String> cells) {
    if (!cells.get(0).equals("Time [s]")) {
      throw wrong(line, "the first column is '" + cells.get(0) + "'; allowed: Time [s].");
    }
    columns.add(new Column("time", "time", "", Unit.SECOND));
    for (String cell : cells.subList(1, cells.size())) {
      int space = cell.indexOf(' ');
      String verb = space < 0 ? cell : cell.substring(0, space);
      if (!List.of("set", "fault", "expect").contains(verb)) {
        throw wrong(
            line,
            "column '"
                + cell
                + "' is not known; allowed: 'set CHANNEL [UNIT]', 'fault KIND on TARGET', 'expect"
                + " CHANNEL [UNIT]'.");
      }
      String rest = space < 0 ? "" : cell.substring(space + 1);
      columns.add(verb.equals("fault") ? faultColumn(rest) : channelColumn(line, verb, rest));
    }
  }

  private static Column faultColumn(String rest) {
    int on = rest.indexOf(" on ");
    String kind = on < 0 ? rest : rest.substring(0, on);
    return new Column(
        "fault", kind.strip(), on < 0 ? "" : rest.substring(on + 4).strip(), Unit.ONE);
  }

  private Column channelColumn(int line, String verb, String rest) {
    int open = rest.lastIndexOf(" [");
    if (open < 0 || !rest.endsWith("]")) {
      return new Column(verb, rest.strip(), "", Unit.ONE);
    }
    String symbol = rest.substring(open + 2, rest.length() - 1);
    Unit unit =
        Unit.of(symbol)
            .orElseThrow(() -> wrong(line, "'" + symbol + "' is not a unit of a known kind."));
    return new Column(verb, rest.substring(0, open).strip(), "", unit);
  }

  private void row(int line, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw wrong(
          line, "has " + cells.size() + " cells; allowed: " + columns.size() + " as the header.");
    }
    double seconds = number(line, cells.get(0));
    if (!rows.isEmpty() && !(seconds > rows.get(rows.size() - 1).seconds())) {
      throw wrong(line, "time " + cells.get(0) + " is not after the row before.");
    }
    rows.add(new Row(line, seconds, cells));
  }

  private double number(int line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(line, "'" + text + "' is not a number.");
    }
  }

  private ScenarioException wrong(int line, String problem) {
    return new ScenarioException(file + ", line " + line + ": " + problem);
  }

  /** The faults' names: their kinds, numbered where one comes twice. */
  Map<String, Integer> faultColumns() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 1; i < columns.size(); i++) {
      if (columns.get(i).verb().equals("fault")) {
        String id = columns.get(i).name();
        ids.put(ids.containsKey(id) ? id + i : id, i);
      }
    }
    return ids;
  }

  List<Stimulus> stimuli(ChannelTable table) {
    List<Stimulus> stimuli = new ArrayList<>();
    for (int i = 1; i < columns.size(); i++) {
      Column column = columns.get(i);
      int index = i;
      List<Row> given = rows.stream().filter(r -> !r.cells().get(index).isEmpty()).toList();
      if (!column.verb().equals("set") || given.isEmpty()) {
        continue;
      }
      Unit own = unit(column, table, given.get(0).line());
      double start = given.get(0).seconds();
      double[] times = given.stream().mapToDouble(r -> r.seconds() - start).toArray();
      double[] values =
          given.stream()
              .mapToDouble(r -> converted(number(r.line(), r.cells().get(index)), column, own))
              .toArray();
      Course course = new Course(times, values, false);
      String refusal = table.refusal(column.name(), course);
      if (refusal != null) {
        throw wrong(given.get(0).line(), refusal);
      }
      stimuli.add(
          new Stimulus(
              Aliases.resolve(column.name()), course, Trigger.at(start), Double.POSITIVE_INFINITY));
    }
    return stimuli;
  }

  List<FaultSpec> faults() {
    List<FaultSpec> faults = new ArrayList<>();
    faultColumns().forEach((id, index) -> faults.addAll(faults(id, index)));
    return faults;
  }

  /** One fault a stretch of rows with a value; an empty cell or {@code off} ends it. */
  private List<FaultSpec> faults(String id, int index) {
    List<FaultSpec> found = new ArrayList<>();
    FaultKind kind = kind(columns.get(index).name());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String cell = row.cells().get(index);
      if (cell.isEmpty() || cell.equals("off")) {
        continue;
      }
      double severity = cell.equals("on") ? kind.usual() : number(row.line(), cell);
      double end = i + 1 < rows.size() ? rows.get(i + 1).seconds() : Double.POSITIVE_INFINITY;
      found.add(
          new FaultSpec(
              id,
              kind.name(),
              columns.get(index).target(),
              severity,
              Trigger.at(row.seconds()),
              0,
              end - row.seconds(),
              FaultSpec.Repeat.ONCE));
    }
    return found;
  }

  private FaultKind kind(String name) {
    try {
      return FaultCatalogue.named(name);
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(file + ": " + e.getMessage(), e);
    }
  }

  List<Check> checks(ChannelTable table) {
    List<Check> checks = new ArrayList<>();
    for (int i = 1; i < columns.size(); i++) {
      Column column = columns.get(i);
      for (int j = 0; column.verb().equals("expect") && j < rows.size(); j++) {
        String cell = rows.get(j).cells().get(i);
        if (!cell.isEmpty()) {
          double end =
              j + 1 < rows.size()
                  ? rows.get(j + 1).seconds()
                  : head.need("duration", "a time").seconds(0);
          checks.add(check(column, rows.get(j), cell, end, table));
        }
      }
    }
    return checks;
  }

  private Check check(Column column, Row row, String cell, double end, ChannelTable table) {
    unit(column, table, row.line());
    String[] parts = cell.split(";", -1);
    if (parts.length > 4 || parts.length == 2) {
      throw wrong(row.line(), "'" + cell + "' is not possible; allowed: value;upper;lower;delay.");
    }
    double value = number(row.line(), parts[0]);
    double upper = parts.length > 2 ? number(row.line(), parts[1]) : 0;
    double lower = parts.length > 2 ? number(row.line(), parts[2]) : 0;
    double delay = parts.length > 3 ? number(row.line(), parts[3]) : 0;
    double from = row.seconds() + delay;
    if (!(from <= end)) {
      throw wrong(row.line(), "the delay of " + delay + " s passes the next row.");
    }
    // Just before the next row: its own values may already be in force at its instant.
    double until = Math.max(from, end - 1e-3);
    Formula formula =
        new Formula.Always(
            new Window(Quantity.seconds(from), Quantity.seconds(until)),
            new Formula.And(
                List.of(
                    limit(column, Operator.AT_LEAST, value - lower),
                    limit(column, Operator.AT_MOST, value + upper))));
    try {
      FormulaCheck.check(formula, table.units());
    } catch (StlException e) {
      throw wrong(row.line(), String.valueOf(e.getMessage()));
    }
    return new Check.Temporal(column.name() + " from line " + row.line(), formula);
  }

  private static Formula limit(Column column, Operator operator, double value) {
    Expression.Term term =
        new Expression.Term(value < 0 ? -1 : 1, new Quantity(Math.abs(value), column.unit()));
    return new Formula.Atom(
        Expression.channel(column.name()), operator, new Expression(List.of(term)));
  }

  private Unit unit(Column column, ChannelTable table, int line) {
    Unit unit = table.units().get(column.name());
    if (unit == null) {
      throw wrong(
          line,
          "channel '"
              + column.name()
              + "' is not known; 'anodyne hil channels' lists all."
              + FormulaCheck.alike(column.name(), table.units().keySet())
                  .map(k -> "\nMaybe '" + k + "' is meant.")
                  .orElse(""));
    }
    return unit;
  }

  private static double converted(double value, Column column, Unit own) {
    return column.unit().symbol().isEmpty()
        ? value
        : (column.unit().toBase(value) - own.offset()) / own.factor();
  }
}
