package dev.anodyne.hil.scenario;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.hil.bench.BenchConfigException;
import dev.anodyne.hil.bench.PlantForm;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.sut.ChargeTask;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import dev.anodyne.plantsim.PlantConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scenario and checks all of it against the plant that it describes: channels, units, fault
 * kinds, formulas. Every error names file, line, key, value and what is allowed.
 */
public final class ScenarioReader {
  private static final List<String> KEYS =
      List.of(
          "scenario",
          "title",
          "verifies",
          "setup",
          "duration",
          "stopWhen",
          "stimuli",
          "faults",
          "checks",
          "teardown",
          "record",
          "stated");

  private static final List<String> CHARGE_KEYS =
      List.of("to", "maxCRate", "maxVoltage", "maxTemperature", "period", "ambient");

  private static final Unit VOLT = Unit.ofChannel("V");
  private static final Unit KELVIN = Unit.ofChannel("K");

  private ScenarioReader() {}

  /**
   * Reads a file: YAML, or a table when its name ends in {@code .csv}.
   *
   * @throws ScenarioException when something in it cannot be used
   */
  public static Scenario read(Path file) {
    return file.toString().endsWith(".csv")
        ? new TableReader(file).read()
        : of(YamlNode.read(file), null);
  }

  /**
   * The same of YAML text that stands for a file.
   *
   * @param file what complaints name, and what relative paths count from
   */
  public static Scenario parse(Path file, String text) {
    return of(YamlNode.parse(file, text), null);
  }

  /**
   * @param rows what a table adds; null for plain YAML
   */
  static Scenario of(YamlNode root, @Nullable TableReader rows) {
    root.only(KEYS);
    YamlNode setup = root.get("setup");
    PlantConfig plant = plant(root, setup);
    Map<String, YamlNode> faultNodes =
        root.get("faults") == null ? Map.of() : root.need("faults", "").entries();
    List<String> ids = new ArrayList<>(faultNodes.keySet());
    if (rows != null) {
      ids.addAll(rows.faultColumns().keySet());
    }
    double end = root.need("duration", "a time, such as 10 min").seconds(1e-9);
    TriggerReader triggers = new TriggerReader(table(root, plant, ids), end);
    List<FaultSpec> faults = new ArrayList<>();
    faultNodes.forEach((id, node) -> faults.add(new FaultReader(triggers).of(id, node)));
    List<Stimulus> stimuli = new ArrayList<>(stimuli(root, triggers));
    List<Check> checks = new ArrayList<>();
    if (rows != null) {
      faults.addAll(rows.faults());
      stimuli.addAll(rows.stimuli(triggers.channels()));
      checks.addAll(rows.checks(triggers.channels()));
    }
    if (rows == null || root.get("checks") != null) {
      checks.addAll(checks(root, triggers));
    }
    Scenario scenario =
        new Scenario(
            root.or("scenario", YamlNode::text, stem(root.file())),
            root.or(
                "title", YamlNode::text, root.or("scenario", YamlNode::text, stem(root.file()))),
            root.file().toString(),
            root.list("verifies").stream().map(YamlNode::text).toList(),
            plant,
            task(setup, plant),
            end,
            stopWhen(root, triggers),
            stimuli,
            faults,
            checks,
            teardown(root),
            root.list("record").stream().map(n -> triggers.channel(n, root)).toList(),
            stated(root));
    // A fault that the plant cannot have is found before the run.
    ScenarioRun.faults(scenario, new SimulatedPack(plant), new InProcessLine());
    return scenario;
  }

  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static ChannelTable table(
      YamlNode root, PlantConfig plant, java.util.Collection<String> faults) {
    try {
      return new ChannelTable(new SimulatedPack(plant).channels(), faults);
    } catch (IllegalArgumentException e) {
      throw root.wrong("setup: the plant cannot be built: " + e.getMessage());
    }
  }

  private static PlantConfig plant(YamlNode root, @Nullable YamlNode setup) {
    if (setup != null) {
      setup.only(List.of("plant", "charge", "seed"));
    }
    YamlNode node = setup == null ? null : setup.get("plant");
    try {
      PlantConfig plant;
      if (node == null) {
        plant = PlantForm.of(root.file(), Map.of("layout", "1s1p"));
      } else if (!node.isMap()) {
        plant = PlantForm.load(node.path());
      } else {
        node.only(PlantForm.keys());
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("layout", "1s1p"));
        node.entries().forEach((name, value) -> keys.put(name, value.plain()));
        plant = PlantForm.of(root.file(), keys);
      }
      // Heat, SEI and plating as far as the data go: what a bench is for.
      P2dOptions options = PlantConfig.fullestPhysics(plant.cell());
      PlantConfig full = plant.withOptions(options);
      YamlNode seed = setup == null ? null : setup.get("seed");
      return seed == null ? full : full.withSeed(seed.whole(0, Integer.MAX_VALUE));
    } catch (BenchConfigException e) {
      throw placed(node == null ? root : node, e);
    }
  }

  /** The reader of plants names keys but no lines of this file: the line of the key is added. */
  private static ScenarioException placed(YamlNode node, BenchConfigException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    String problem = colon < 0 ? message : message.substring(colon + 2);
    YamlNode at = node;
    if (node.isMap()) {
      for (Map.Entry<String, YamlNode> entry : node.entries().entrySet()) {
        if (problem.startsWith(entry.getKey())) {
          at = entry.getValue();
        }
      }
    }
    return at.wrong(problem);
  }

  private static ChargeTask task(@Nullable YamlNode setup, PlantConfig plant) {
    YamlNode charge = setup == null ? null : setup.get("charge");
    double ambient = plant.environment().ambient().kelvinAt(0);
    double heatTransfer = plant.heatTransferWattsPerM2Kelvin();
    ChargeTask usual =
        new ChargeTask(
            plant.cell(),
            plant.layout(),
            plant.initialSoc(),
            0.8,
            plant.cell().upperCutOffVolts(),
            PlantConfig.DEFAULT_MAX_TEMPERATURE_KELVIN,
            PlantConfig.DEFAULT_C_RATE,
            ambient,
            heatTransfer,
            1.0,
            plant.seed());
    if (charge == null) {
      return usual;
    }
    charge.only(CHARGE_KEYS);
    return new ChargeTask(
        plant.cell(),
        plant.layout(),
        plant.initialSoc(),
        charge.or("to", n -> share(n), usual.targetSoc()),
        charge.or("maxVoltage", n -> n.in(VOLT), usual.maxVoltageVolts()),
        charge.or("maxTemperature", n -> n.in(KELVIN), usual.maxTemperatureKelvin()),
        charge.or("maxCRate", n -> n.number(0.01, 20), usual.maxCRate()),
        charge.or("ambient", n -> n.in(KELVIN), ambient),
        heatTransfer,
        charge.or("period", n -> n.seconds(0.01), 1.0),
        plant.seed());
  }

  private static double share(YamlNode node) {
    double share = node.in(Unit.ONE);
    double value = node.quantity().unit().symbol().equals("%") ? share : node.number(0, 1);
    if (!(value >= 0 && value <= 1)) {
      throw node.notAllowed("0 to 1, or 0 % to 100 %");
    }
    return value;
  }

  private static @Nullable Trigger stopWhen(YamlNode root, TriggerReader triggers) {
    YamlNode node = root.get("stopWhen");
    if (node == null) {
      return null;
    }
    return node.isMap()
        ? triggers.of(node.only(TriggerReader.KEYS))
        : new Trigger(
            List.of(List.of(new Trigger.Condition(triggers.formula(node), Trigger.Edge.LEVEL, 0))));
  }

  private static List<Stimulus> stimuli(YamlNode root, TriggerReader triggers) {
    List<String> allowed = new ArrayList<>(List.of("channel", "linear", "for"));
    allowed.addAll(TriggerReader.KEYS);
    allowed.addAll(CourseReader.KEYS);
    List<Stimulus> stimuli = new ArrayList<>();
    for (YamlNode node : root.list("stimuli")) {
      node.only(allowed);
      String channel = triggers.channel(node.get("channel"), node);
      Unit unit = Objects.requireNonNull(triggers.channels().units().get(channel));
      Course course = CourseReader.of(node, unit);
      String refusal = triggers.channels().refusal(channel, course);
      if (refusal != null) {
        throw node.wrong(refusal);
      }
      stimuli.add(
          new Stimulus(
              Aliases.resolve(channel),
              course,
              triggers.of(node),
              node.or("for", f -> f.seconds(1e-9), Double.POSITIVE_INFINITY)));
    }
    return stimuli;
  }

  private static List<Check> checks(YamlNode root, TriggerReader triggers) {
    List<YamlNode> nodes = root.need("checks", "a list of at least one check").list();
    if (nodes.isEmpty()) {
      throw root.need("checks", "").wrong("no check is there; allowed: at least one.");
    }
    CheckReader reader = new CheckReader(triggers);
    List<Check> checks = new ArrayList<>();
    for (YamlNode node : nodes) {
      Check check = reader.of(node, checks.size() + 1);
      if (checks.stream().anyMatch(c -> c.name().equals(check.name()))) {
        throw node.wrong("the name '" + check.name() + "' is there twice; allowed: once.");
      }
      checks.add(check);
    }
    return checks;
  }

  private static Scenario.Teardown teardown(YamlNode root) {
    YamlNode node = root.get("teardown");
    if (node == null) {
      return Scenario.Teardown.NONE;
    }
    node.only(List.of("rest"));
    return new Scenario.Teardown(node.or("rest", r -> r.seconds(0), 0.0));
  }

  private static Map<String, Verdict> stated(YamlNode root) {
    YamlNode node = root.get("stated");
    Map<String, Verdict> stated = new LinkedHashMap<>();
    if (node != null) {
      List<String> verdicts = Arrays.stream(Verdict.values()).map(Enum::name).toList();
      node.entries()
          .forEach((sut, value) -> stated.put(sut, Verdict.valueOf(value.word(verdicts))));
    }
    return stated;
  }
}
