package dev.anodyne.controller.config;

import dev.anodyne.estimators.Estimators;
import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.Objective;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.Setting;
import dev.anodyne.mpc.spec.TemperatureLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads and checks a policy's YAML file. What it accepts is published as {@code
 * docs/schema/policy.schema.json}; a test holds the two together.
 */
public final class PolicyFileReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "version",
          "description",
          "policy",
          "objective",
          "estimator",
          "deadlineSeconds",
          "limits",
          "horizon",
          "weights",
          "margins",
          "search",
          "doubt",
          "tune");

  /** Keys that mean something to {@code policy: mpc} only. */
  static final List<String> MPC_KEYS =
      List.of("horizon", "weights", "margins", "search", "doubt", "deadlineSeconds");

  static final List<String> GROUPS = List.of("horizon", "weights", "margins", "search", "doubt");
  static final List<String> OBJECTIVES = Objective.ALL.stream().map(Objective::toString).toList();

  /** Keys below {@code limits}. */
  static final List<String> LIMITS =
      List.of(
          "minAnodePotentialVolts",
          "maxCRate",
          "maxVoltageVolts",
          "maxTemperatureC",
          "byTemperature");

  /** Keys of a row below {@code limits.byTemperature}. */
  static final List<String> ROW = List.of("temperatureC", "maxCRate", "maxVoltageVolts");

  /** The only limit that a search may vary. */
  static final String TUNED_LIMIT = "limits.minAnodePotentialVolts";

  static final double MAX_MARGIN_VOLTS = 0.2;
  static final int MOST_ROWS = 50;
  static final int LONGEST_NAME = 80;
  static final double SHORTEST_DEADLINE_SECONDS = 0.001;
  static final double LONGEST_DEADLINE_SECONDS = 60;

  private static final double KELVIN = 273.15;
  private static final double NONE = Double.POSITIVE_INFINITY;

  private PolicyFileReader() {}

  /**
   * Reads a policy's file.
   *
   * @throws ConfigException naming file, line, key, value and what is allowed
   */
  public static PolicyFile read(Path path) {
    return read(YamlFile.read(path), path);
  }

  /**
   * Reads the text of a policy's file.
   *
   * @param source what errors call it; relative paths count from its folder
   * @throws ConfigException naming source, line, key, value and what is allowed
   */
  public static PolicyFile parse(Path source, String text) {
    return read(YamlFile.parse(source, text), source);
  }

  private static PolicyFile read(YamlFile file, Path path) {
    YamlMap root = file.asMap();
    root.only(KEYS);
    String policy = policy(root);
    if (!policy.equals(PolicySpec.MPC)) {
      refuseMpcKeys(root, policy);
    }
    root.text("description", "text");
    PolicySpec spec =
        new PolicySpec(
            name(root, path),
            version(root),
            policy,
            objective(root),
            limits(root),
            settings(root),
            estimator(file, root),
            root.number("deadlineSeconds", SHORTEST_DEADLINE_SECONDS, LONGEST_DEADLINE_SECONDS));
    return new PolicyFile(spec, Optional.of(path), tune(root, policy));
  }

  private static String policy(YamlMap root) {
    String policy = root.text("policy", String.join(", ", Policies.NAMES)).orElse(PolicySpec.MPC);
    try {
      Policies.check(policy);
      return policy;
    } catch (IllegalArgumentException e) {
      throw root.refused("policy", e);
    }
  }

  /** A key that is not heeded would mislead whoever set it. */
  private static void refuseMpcKeys(YamlMap root, String policy) {
    for (String key : MPC_KEYS) {
      if (root.has(key)) {
        throw root.refused(
            key, "the policy " + policy + " has no such settings; allowed with policy mpc only.");
      }
    }
  }

  private static String name(YamlMap root, Path path) {
    String allowed = "text of 1 to " + LONGEST_NAME + " characters";
    Optional<String> name = root.text("name", allowed);
    if (name.isPresent() && name.get().length() > LONGEST_NAME) {
      throw root.refuse("name", name.get(), allowed, null);
    }
    Path last = path.getFileName();
    String fileName = last == null ? "policy" : last.toString().replaceFirst("\\.ya?ml$", "");
    return name.orElse(fileName.isBlank() ? "policy" : fileName);
  }

  private static String version(YamlMap root) {
    String allowed = "a whole number, or text of at most " + LONGEST_NAME + " characters in quotes";
    Optional<String> version = root.textOrWhole("version", allowed);
    if (version.isPresent() && version.get().length() > LONGEST_NAME) {
      throw root.refuse("version", version.get(), allowed, null);
    }
    return version.orElse("");
  }

  private static Objective objective(YamlMap root) {
    Optional<String> word = root.word("objective", OBJECTIVES);
    return Objective.ALL.get(word.map(OBJECTIVES::indexOf).orElse(0));
  }

  private static PolicyLimits limits(YamlMap root) {
    Optional<YamlMap> found = root.map("limits");
    if (found.isEmpty()) {
      return PolicyLimits.NONE;
    }
    YamlMap limits = found.get();
    limits.only(LIMITS);
    OptionalDouble celsius = limits.number("maxTemperatureC", 0, 80);
    return new PolicyLimits(
        limits
            .number("minAnodePotentialVolts", 0, MAX_MARGIN_VOLTS)
            .orElse(Double.NEGATIVE_INFINITY),
        limits.number("maxCRate", 0.01, 20).orElse(NONE),
        limits.number("maxVoltageVolts", 1, 5).orElse(NONE),
        celsius.isPresent() ? celsius.getAsDouble() + KELVIN : NONE,
        byTemperature(limits));
  }

  private static TemperatureLimits byTemperature(YamlMap limits) {
    List<TemperatureLimits.Row> rows = new ArrayList<>();
    for (YamlMap row : limits.maps("byTemperature", MOST_ROWS)) {
      row.only(ROW);
      OptionalDouble celsius = row.number("temperatureC", -60, 100);
      OptionalDouble rate = row.number("maxCRate", 0, 20);
      OptionalDouble volts = row.number("maxVoltageVolts", 1, 5);
      if (celsius.isEmpty() || (rate.isEmpty() && volts.isEmpty())) {
        throw row.refused("a row needs temperatureC and one of maxCRate and maxVoltageVolts.");
      }
      TemperatureLimits.Row read =
          new TemperatureLimits.Row(
              celsius.getAsDouble() + KELVIN, rate.orElse(NONE), volts.orElse(NONE));
      if (!rows.isEmpty()) {
        requireFollows(row, celsius.getAsDouble(), read, rows.get(rows.size() - 1));
      }
      rows.add(read);
    }
    try {
      return rows.isEmpty() ? TemperatureLimits.NONE : new TemperatureLimits(rows);
    } catch (IllegalArgumentException e) {
      throw limits.refused("byTemperature", e);
    }
  }

  private static void requireFollows(
      YamlMap row, double celsius, TemperatureLimits.Row read, TemperatureLimits.Row before) {
    if (!(read.temperatureKelvin() > before.temperatureKelvin())) {
      throw row.refuse("temperatureC", celsius, "higher than in the row before", null);
    }
    if (Double.isInfinite(read.maxCRate()) != Double.isInfinite(before.maxCRate())
        || Double.isInfinite(read.maxVoltageVolts())
            != Double.isInfinite(before.maxVoltageVolts())) {
      throw row.refused("a row needs the same keys as the row before.");
    }
  }

  private static MpcSettings settings(YamlMap root) {
    Map<Setting, Double> changes = new EnumMap<>(Setting.class);
    for (String group : GROUPS) {
      Optional<YamlMap> found = root.map(group);
      if (found.isEmpty()) {
        continue;
      }
      YamlMap map = found.get();
      List<Setting> settings =
          Arrays.stream(Setting.values()).filter(s -> s.group().equals(group)).toList();
      map.only(settings.stream().map(Setting::shortKey).toList());
      for (Setting s : settings) {
        OptionalDouble value =
            s.isWhole()
                ? map.whole(s.shortKey(), s.low(), s.high())
                : map.number(s.shortKey(), s.low(), s.high());
        value.ifPresent(v -> changes.put(s, v));
      }
    }
    requireMovesFit(root, changes);
    return Setting.change(MpcSettings.DEFAULT, changes);
  }

  private static void requireMovesFit(YamlMap root, Map<Setting, Double> changes) {
    double steps = changes.getOrDefault(Setting.HORIZON_STEPS, Setting.HORIZON_STEPS.standard());
    double moves = changes.getOrDefault(Setting.HORIZON_MOVES, Setting.HORIZON_MOVES.standard());
    if (moves > steps) {
      throw root.refuse(
          changes.containsKey(Setting.HORIZON_MOVES) ? "horizon.moves" : "horizon.steps",
          Setting.HORIZON_MOVES.text(moves)
              + " moves in "
              + Setting.HORIZON_STEPS.text(steps)
              + " steps",
          "at most as many moves as steps",
          null);
    }
  }

  private static Optional<String> estimator(YamlFile file, YamlMap root) {
    String allowed = String.join(", ", Estimators.NAMES) + ", or a model file";
    Optional<String> name = root.text("estimator", allowed);
    if (name.isEmpty() || Estimators.NAMES.contains(name.get())) {
      return name;
    }
    Path model = file.resolve(name.get());
    if (!Files.isRegularFile(model)) {
      throw root.refuse(
          "estimator", name.get(), allowed, YamlFile.nearest(name.get(), Estimators.NAMES));
    }
    return Optional.of(model.toString());
  }

  private static Map<String, PolicyFile.Range> tune(YamlMap root, String policy) {
    Optional<YamlMap> found = root.map("tune");
    if (found.isEmpty()) {
      return Map.of();
    }
    YamlMap tune = found.get();
    tune.only(tunable(policy));
    Map<String, PolicyFile.Range> ranges = new LinkedHashMap<>();
    for (String key : tune.names()) {
      PolicyFile.Range widest = widest(key);
      tune.range(key, widest.low(), widest.high())
          .ifPresent(range -> ranges.put(key, new PolicyFile.Range(range[0], range[1])));
    }
    return Collections.unmodifiableMap(ranges);
  }

  /** The widest range that a key may be searched in. */
  public static PolicyFile.Range widest(String key) {
    return Setting.byKey(key)
        .map(setting -> new PolicyFile.Range(setting.low(), setting.high()))
        .orElse(new PolicyFile.Range(0.0, MAX_MARGIN_VOLTS));
  }

  /**
   * What a search may vary.
   *
   * @param policy the law's name
   */
  public static List<String> tunable(String policy) {
    List<String> keys = new ArrayList<>();
    keys.add(TUNED_LIMIT);
    if (policy.equals(PolicySpec.MPC)) {
      Arrays.stream(Setting.values()).map(Setting::key).forEach(keys::add);
    }
    return keys;
  }
}
