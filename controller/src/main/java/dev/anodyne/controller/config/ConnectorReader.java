package dev.anodyne.controller.config;

import dev.anodyne.controller.config.ConnectorConfig.GuardConfig;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.mpc.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one connector of the file and fills in its defaults. */
final class ConnectorReader {
  private static final double KELVIN = 273.15;

  /** The rest of a plan that is older no longer counts. */
  private static final double LONGEST_PLAN_SECONDS = 10;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Pattern LAYOUT = Pattern.compile("([1-9]\\d{0,3})s([1-9]\\d{0,3})p");
  private static final Pattern MODEL_FILE = Pattern.compile(".*[./\\\\].*");

  private static final List<String> SENSOR_KEYS =
      List.of("voltageBiasVolts", "currentGain", "temperatureBiasKelvin");

  private final YamlFile file;
  private final String key;
  private final @Nullable Path batteries;

  /**
   * @param key where the connector stands in the file
   * @param batteries folder of the batteries' files, if one is configured
   */
  ConnectorReader(YamlFile file, String key, @Nullable Path batteries) {
    this.file = file;
    this.key = key;
    this.batteries = batteries;
  }

  ConnectorConfig read(StationYaml.Connector c) {
    String id = required("id", c.id(), "letters, digits, _ and -, at most 40");
    if (!ID.matcher(id).matches()) {
      throw wrong("id", id, "letters, digits, _ and -, at most 40", null);
    }
    StationYaml.Battery battery =
        required("battery", c.battery(), "cell and layout of the battery");
    CellParameters cell = cell(battery);
    double rate = number("maxCRate", c.maxCRate(), 3, 0.01, 20);
    PolicyFile policy = policy(c.policy());
    StationYaml.Charger charger = required("charger", c.charger(), "how to reach the charger");
    ConnectorConfig plain =
        new ConnectorConfig(
            id,
            c.title() == null ? id : c.title(),
            new ChargerReader(file, key + ".charger").read(charger),
            cell,
            layout(battery),
            policy.path().map(Path::toString).orElse(policy.spec().policy()),
            estimator(
                c.estimator() == null ? policy.spec().estimator().orElse(null) : c.estimator(),
                sensors(c.sensors()),
                cell,
                CellParameters.shippedNames().contains(cellSource(battery))),
            share("startSoc", c.startSoc(), 0.1),
            share("targetSoc", c.targetSoc(), 0.8),
            number("maxVoltageVolts", c.maxVoltageVolts(), cell.upperCutOffVolts(), 1, 5),
            KELVIN + number("maxTemperatureC", c.maxTemperatureC(), 45, 0, 80),
            rate * cell.nominalCapacityAmpHours(),
            number("minAnodePotentialVolts", c.minAnodePotentialVolts(), 0, -0.2, 0.2),
            KELVIN + number("ambientC", c.ambientC(), 25, -40, 70),
            number("periodSeconds", c.periodSeconds(), 1, 0.1, 60),
            guard(c.guard()),
            batteryFile(battery.id(), cell));
    return plain
        .with(
            cellSource(battery),
            number("charger.delaySeconds", charger.delaySeconds(), 0, 0, 10),
            new WishReader(file, key).read(c, policy.spec(), cell))
        .with(session(c, plain.periodSeconds()));
  }

  private SessionConfig session(StationYaml.Connector c, double periodSeconds) {
    String authorisation = c.authorisation() == null ? "automatic" : c.authorisation();
    if (!List.of("automatic", "required").contains(authorisation)) {
      throw wrong("authorisation", authorisation, "automatic, required", null);
    }
    Double ramp = c.stopRampAmpsPerSecond();
    return new SessionConfig(
        authorisation.equals("required"),
        ramp == null
            ? Double.POSITIVE_INFINITY
            : number("stopRampAmpsPerSecond", ramp, ramp, 0.1, 10_000),
        number("resumeMinutes", c.resumeMinutes(), SessionConfig.RESUME_MINUTES, 0, 1440),
        batteries,
        decideEvery(c, periodSeconds));
  }

  /** 0 for each period. */
  private double decideEvery(StationYaml.Connector c, double periodSeconds) {
    if (c.decideEverySeconds() == null) {
      return 0;
    }
    double most = Math.max(LONGEST_PLAN_SECONDS, periodSeconds);
    return number("decideEverySeconds", c.decideEverySeconds(), 0, periodSeconds, most);
  }

  private @Nullable Path batteryFile(@Nullable String id, CellParameters cell) {
    if (id == null) {
      return null;
    }
    if (!ID.matcher(id).matches()) {
      throw wrong("battery.id", id, "letters, digits, _ and -, at most 40", null);
    }
    if (batteries == null) {
      throw wrong(
          "battery.id", id, "a battery's name where the key batteries names a folder", null);
    }
    Path kept = batteries.resolve(id + ".json");
    return checked(
        "battery.id",
        () -> {
          if (Files.exists(kept)) {
            BatteryFile.read(kept, cell);
          }
          return kept;
        });
  }

  /** A relative path counts from the configuration file's folder; a name stays a name. */
  private String cellSource(StationYaml.Battery battery) {
    String name = required("battery.cell", battery.cell(), "a cell's name or a BPX file");
    Path beside = file.resolve(name);
    return Files.isRegularFile(beside) ? beside.toString() : name;
  }

  private CellParameters cell(StationYaml.Battery battery) {
    String source = cellSource(battery);
    CellParameters cell =
        checked(
            "battery.cell",
            () ->
                file.once(
                    new KnownCell(source, Double.NaN),
                    CellParameters.class,
                    () -> CellParameters.load(source)));
    Double heatTransfer = battery.heatTransfer();
    if (heatTransfer == null) {
      return cell;
    }
    double h = number("battery.heatTransfer", heatTransfer, heatTransfer, 0, 10_000);
    return file.once(
        new KnownCell(source, h), CellParameters.class, () -> cell.withHeatTransfer(h));
  }

  /** Connectors of one kind of cell share one object, and with it what is derived from it. */
  private record KnownCell(String source, double heatTransfer) {}

  private record Usable(String estimator, CellParameters cell) {}

  private PackLayout layout(StationYaml.Battery battery) {
    String text = battery.layout() == null ? "1s1p" : battery.layout();
    Matcher matcher = LAYOUT.matcher(text);
    if (!matcher.matches()) {
      throw wrong("battery.layout", text, "series and parallel cells such as 4s1p", null);
    }
    return new PackLayout(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** A name, or a file beside the station's; what is wrong with the file shows here. */
  private PolicyFile policy(@Nullable String name) {
    Path folder = file.resolve(".");
    return checked(
        "policy",
        () -> {
          PolicyFile policy = PolicyFile.of(name == null ? "mpc" : name, folder);
          Policies.checkForBattery(policy.spec().policy());
          return policy;
        });
  }

  private String estimator(
      @Nullable String name,
      @Nullable SensorClass sensors,
      CellParameters cell,
      boolean isShipped) {
    String plain = name == null ? Estimators.defaultFor(cell) : name;
    String estimator = sensors == null ? plain : Estimators.withSensors(plain, sensors);
    if (Estimators.NAMES.contains(estimator.replaceFirst(":.*", ""))) {
      return usable(estimator, cell, isShipped);
    }
    Path model = file.resolve(estimator);
    if (!Files.isRegularFile(model)) {
      throw wrong(
          "estimator",
          estimator,
          String.join(", ", Estimators.NAMES) + ", or a model file",
          MODEL_FILE.matcher(estimator).matches() ? "the model file is elsewhere" : null);
    }
    return usable(model.toString(), cell, isShipped);
  }

  /** What the operator states of the sensors: a class by name, or limits that it must cover. */
  private @Nullable SensorClass sensors(@Nullable Object stated) {
    if (stated == null) {
      return null;
    }
    if (stated instanceof String name) {
      return checked("sensors", () -> SensorClass.of(name));
    }
    if (!(stated instanceof Map<?, ?> limits) || !SENSOR_KEYS.containsAll(limits.keySet())) {
      throw wrong(
          "sensors",
          stated,
          String.join(", ", SensorClass.names())
              + ", or the keys "
              + String.join(", ", SENSOR_KEYS),
          null);
    }
    double[] most = new double[SENSOR_KEYS.size()];
    for (int i = 0; i < most.length; i++) {
      Object value = limits.get(SENSOR_KEYS.get(i));
      if (!(value instanceof Number number)) {
        throw wrong("sensors." + SENSOR_KEYS.get(i), value, "a number, 0 or more", null);
      }
      most[i] = number.doubleValue();
    }
    return checked("sensors", () -> SensorClass.covering(most[0], most[1], most[2]));
  }

  /** A file that is damaged, or a model of another cell, shows here and not when a car waits. */
  private String usable(String estimator, CellParameters cell, boolean isShipped) {
    file.checkBeside(
        new Usable(estimator, cell),
        () ->
            checked(
                "estimator",
                () -> {
                  if (isShipped) {
                    Estimators.requireUsableOnShipped(estimator, cell);
                  } else {
                    Estimators.requireUsable(estimator, cell);
                  }
                  return estimator;
                }));
    return estimator;
  }

  private GuardConfig guard(StationYaml.@Nullable Guard g) {
    double staleness = GuardSettings.DEFAULT_STALENESS_NANOS * 1e-9;
    double frozen = GuardSettings.DEFAULT_FROZEN_NANOS * 1e-9;
    if (g == null) {
      return new GuardConfig(staleness, frozen, Double.POSITIVE_INFINITY);
    }
    Double max = g.maxCurrentAmps();
    return new GuardConfig(
        number("guard.stalenessSeconds", g.stalenessSeconds(), staleness, 0.2, 60),
        number("guard.frozenSeconds", g.frozenSeconds(), frozen, 0, 600),
        max == null
            ? Double.POSITIVE_INFINITY
            : number("guard.maxCurrentAmps", max, max, 0.001, 100_000));
  }

  private double share(String name, @Nullable Double value, double otherwise) {
    if (value != null && value > 1 && value <= 100) {
      throw wrong(name, value, "0 to 1", (value / 100) + " is meant");
    }
    return number(name, value, otherwise, name.equals("targetSoc") ? 0.01 : 0, 1);
  }

  private double number(
      String name, @Nullable Double value, double otherwise, double low, double high) {
    double number = value == null ? otherwise : value;
    if (!(number >= low && number <= high)) {
      throw wrong(name, number, low + " to " + high, null);
    }
    return number;
  }

  private <T> T checked(String name, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw file.refused(key + "." + name, e);
    }
  }

  private <T> T required(String name, @Nullable T value, String allowed) {
    if (value == null) {
      throw wrong(name, null, allowed, null);
    }
    return value;
  }

  private ConfigException wrong(
      String name, @Nullable Object value, String allowed, @Nullable String maybe) {
    return file.wrong(key + "." + name, value, allowed, maybe, null);
  }
}
