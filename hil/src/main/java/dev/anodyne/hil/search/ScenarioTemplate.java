package dev.anodyne.hil.search;

import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioReader;
import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A scenario's YAML in which values can be replaced. Immutable. */
final class ScenarioTemplate {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  private final Path file;
  private final Map<String, Object> root;

  private ScenarioTemplate(Path file, Map<String, Object> root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Of a scenario's file.
   *
   * @throws ScenarioException when it is none, or a table
   */
  static ScenarioTemplate read(Path file) {
    if (file.toString().endsWith(".csv")) {
      throw new ScenarioException(
          file + ": a table has no keys to vary; allowed: a scenario in YAML.");
    }
    ScenarioReader.read(file); // what is wrong in it is complained about with its own lines
    return new ScenarioTemplate(file, map(YamlNode.read(file).plain()));
  }

  Path file() {
    return file;
  }

  /** The scenario as it stands. */
  Scenario scenario() {
    return scenario(root);
  }

  /**
   * The scenario with other values.
   *
   * @throws ScenarioException when a path leads nowhere, or a value cannot be used
   */
  Scenario with(List<SearchParameter> parameters, double[] values) {
    return scenario(replaced(parameters, values));
  }

  private Scenario scenario(Map<String, Object> tree) {
    return ScenarioReader.parse(file, dump(tree));
  }

  /**
   * The text of a scenario file with other values.
   *
   * @param folder where it will stand: relative paths are written anew
   * @param more keys to replace or to add
   */
  String text(
      List<SearchParameter> parameters, double[] values, Path folder, Map<String, Object> more) {
    Map<String, Object> tree = replaced(parameters, values);
    tree.putAll(more);
    moved(tree, folder.toAbsolutePath().normalize());
    return dump(tree);
  }

  private Map<String, Object> replaced(List<SearchParameter> parameters, double[] values) {
    Map<String, Object> tree = map(copy(root));
    for (int i = 0; i < values.length; i++) {
      put(tree, parameters.get(i).path(), parameters.get(i).written(values[i]));
    }
    return tree;
  }

  private void put(Map<String, Object> tree, String path, Object value) {
    List<Object> steps = steps(path);
    Object at = tree;
    for (int i = 0; i < steps.size() - 1; i++) {
      at = next(at, steps.get(i), steps.get(i + 1) instanceof String, path);
    }
    Object last = steps.get(steps.size() - 1);
    if (at instanceof Map<?, ?> && last instanceof String key) {
      map(at).put(key, value);
    } else if (at instanceof List<?> && last instanceof Integer index && index < list(at).size()) {
      list(at).set(index, value);
    } else {
      throw nowhere(path, String.valueOf(last));
    }
  }

  /** Blocks of the plant that the scenario leaves to their defaults are made. */
  private Object next(Object at, Object step, boolean wantsMap, String path) {
    Object found = null;
    if (at instanceof Map<?, ?> && step instanceof String key) {
      found = map(at).get(key);
      boolean isSetup = path.startsWith("setup.");
      if (found == null && isSetup && wantsMap) {
        found = new LinkedHashMap<String, Object>();
        map(at).put(key, found);
      }
    } else if (at instanceof List<?> && step instanceof Integer index && index < list(at).size()) {
      found = list(at).get(index);
    }
    if (found == null) {
      throw nowhere(path, String.valueOf(step));
    }
    return found;
  }

  private ScenarioException nowhere(String path, String step) {
    return new ScenarioException(
        "'" + path + "' leads nowhere in " + file + ": there is no '" + step + "'");
  }

  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      String index = matcher.group(2);
      if (index == null) {
        steps.add(matcher.group(1));
      } else {
        steps.add(Integer.valueOf(index));
      }
    }
    if (steps.isEmpty()) {
      throw new ScenarioException("'" + path + "' is no path");
    }
    return steps;
  }

  /** Files that the scenario names are relative to its own folder. */
  private void moved(Object at, Path folder) {
    if (at instanceof Map<?, ?>) {
      for (Map.Entry<String, Object> entry : map(at).entrySet()) {
        boolean isFile = entry.getKey().equals("file") || entry.getKey().equals("plant");
        if (isFile && entry.getValue() instanceof String name) {
          Path there = file.toAbsolutePath().resolveSibling(name).normalize();
          entry.setValue(folder.relativize(there).toString());
        } else {
          moved(entry.getValue(), folder);
        }
      }
    } else if (at instanceof List<?>) {
      list(at).forEach(element -> moved(element, folder));
    }
  }

  private static String dump(Map<String, Object> tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    return new Yaml(options).dump(tree);
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map(value).forEach((key, v) -> copy.put(key, copy(v)));
      return copy;
    } else if (value instanceof List<?>) {
      List<Object> copy = new ArrayList<>();
      list(value).forEach(v -> copy.add(copy(v)));
      return copy;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // YamlNode.plain makes maps with names as keys only
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // as above
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
