package dev.anodyne.hil.search;

import dev.anodyne.hil.scenario.Check;
import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a search's file and tries each parameter's ends on the scenario. */
public final class SearchReader {
  private static final List<String> KEYS =
      List.of(
          "search",
          "scenario",
          "check",
          "parameters",
          "method",
          "samples",
          "sweep",
          "starts",
          "seed",
          "keep");

  private static final List<String> PARAMETER_KEYS = List.of("from", "to", "scale", "whole");
  private static final int MOST_SAMPLES = 1_000_000;
  private static final int MOST_PARAMETERS = 50;
  private static final int SAMPLES = 500;
  private static final double SWEEP = 0.6;
  private static final int STARTS = 4;
  private static final int KEPT = 3;

  private SearchReader() {}

  /**
   * Reads a file.
   *
   * @throws ScenarioException when something in it, or in its scenario, cannot be used
   */
  public static SearchPlan read(Path file) {
    YamlNode root = YamlNode.read(file).only(KEYS);
    YamlNode scenarioNode = root.need("scenario", "the path of a scenario in YAML");
    ScenarioTemplate template = ScenarioTemplate.read(shown(scenarioNode.path()));
    List<SearchParameter> parameters = parameters(root, template);
    int samples = root.or("samples", n -> (int) n.whole(1, MOST_SAMPLES), SAMPLES);
    double sweep = root.or("sweep", n -> n.number(0, 1), SWEEP);
    return new SearchPlan(
        root.or("search", YamlNode::text, template.scenario().id() + "-search"),
        file,
        template,
        check(root, template.scenario()),
        parameters,
        root.or(
            "method",
            n ->
                SearchPlan.Method.valueOf(n.word(List.of("lhs", "sobol")).toUpperCase(Locale.ROOT)),
            SearchPlan.Method.SOBOL),
        samples,
        Math.max(1, (int) Math.round(sweep * samples)),
        root.or("starts", n -> (int) n.whole(1, 100), STARTS),
        root.or("seed", n -> n.whole(0, Integer.MAX_VALUE), 1L),
        root.or("keep", n -> (int) n.whole(0, 100), KEPT));
  }

  /** As a person would write it: results do not say where on a machine they were made. */
  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }

  private static String check(YamlNode root, Scenario scenario) {
    List<String> names = scenario.checks().stream().map(Check::name).toList();
    YamlNode named = root.get("check");
    if (named != null) {
      return named.word(names);
    }
    if (names.size() > 1) {
      throw root.wrong(
          "the key 'check' is missing, and margins of several checks cannot be compared; allowed: "
              + String.join(", ", names)
              + ".");
    }
    return names.get(0);
  }

  private static List<SearchParameter> parameters(YamlNode root, ScenarioTemplate template) {
    YamlNode block = root.need("parameters", "a block of paths into the scenario");
    List<SearchParameter> parameters = new ArrayList<>();
    block.entries().forEach((path, node) -> parameters.add(parameter(path, node)));
    if (parameters.isEmpty() || parameters.size() > MOST_PARAMETERS) {
      throw block.wrong(
          parameters.size()
              + " parameters are not possible; allowed: 1 to "
              + MOST_PARAMETERS
              + ".");
    }
    block
        .entries()
        .forEach(
            (path, node) ->
                parameters.stream()
                    .filter(p -> p.path().equals(path))
                    .forEach(p -> tryEnds(p, node, template)));
    return parameters;
  }

  private static SearchParameter parameter(String path, YamlNode node) {
    node.only(PARAMETER_KEYS);
    YamlNode fromNode = node.need("from", "the least value");
    YamlNode toNode = node.need("to", "the greatest value");
    Quantity from = fromNode.quantity();
    Quantity to = toNode.quantity();
    String unit = from.unit().symbol();
    if (!unit.equals(to.unit().symbol())) {
      throw toNode.wrong(
          "'" + to.unit().symbol() + "' is not the unit of 'from'; allowed: " + unit);
    }
    boolean isLogarithmic =
        node.or("scale", s -> s.word(List.of("linear", "log")).equals("log"), false);
    boolean isWhole = node.or("whole", YamlNode::flag, false);
    if (!(from.value() < to.value())) {
      throw toNode.wrong("'to' is not above 'from'; allowed: from < to.");
    }
    if (isLogarithmic && from.value() <= 0) {
      throw fromNode.notAllowed("a value above 0 with 'scale: log'");
    }
    return new SearchParameter(path, from.value(), to.value(), unit, isLogarithmic, isWhole);
  }

  /** What cannot be used at its ends is found now, not after an hour. */
  private static void tryEnds(SearchParameter p, YamlNode node, ScenarioTemplate template) {
    for (double value : new double[] {p.value(0), p.value(1)}) {
      try {
        template.with(List.of(p), new double[] {value});
      } catch (ScenarioException e) {
        throw node.wrong(
            "the scenario with "
                + p.path()
                + " = "
                + p.shown(value)
                + " cannot be used: "
                + String.valueOf(e.getMessage()).replace('\n', ' '));
      }
    }
  }
}
