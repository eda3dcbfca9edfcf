package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Parts;
import java.nio.file.Path;

/** The {@code anodyne charge} command that makes a row's charge again, to the last bit. */
final class ChargeCommandLine {
  private final ScenarioRunner runner;
  private final PlantFiles plants;
  private final Path report;

  /**
   * @param plants written
   * @param report the report's folder, as the person named it
   */
  ChargeCommandLine(ScenarioRunner runner, PlantFiles plants, Path report) {
    this.runner = runner;
    this.plants = plants;
    this.report = report;
  }

  /** For a shell, from the folder in which the comparison was started. */
  String of(Scenario s, Contender who, String key) {
    ChargeSetup setup = runner.setup(s, who);
    StringBuilder line = new StringBuilder("./anodyne charge");
    option(line, "--cell", s.cell());
    option(line, "--policy", who.policy());
    if (!Parts.isOracle(who.policy())) {
      option(line, "--estimator", setup.estimator());
    }
    option(line, "--plant", plants.of(s));
    option(line, "--from", number(s.fromSoc()));
    option(line, "--to", number(s.toSoc()));
    option(line, "--ambient-c", number(s.ambientCelsius()));
    option(line, "--heat-transfer", number(s.heatTransferWattsPerM2Kelvin()));
    Double volts = s.limits().maxVoltageVolts();
    if (volts != null) {
      option(line, "--max-voltage", number(volts));
    }
    option(line, "--max-temperature-c", number(s.limits().maxTemperatureCelsius()));
    option(line, "--max-c-rate", number(s.limits().maxCRate()));
    option(line, "--period", number(s.periodSeconds()));
    option(line, "--seed", Long.toString(s.seed()));
    if (s.known()) {
      option(line, "--battery", BatteryFiles.file(report, key).toString());
      line.append(" --no-learn");
    }
    option(line, "--out", "out/replay");
    return line.toString();
  }

  private static void option(StringBuilder line, String name, String value) {
    line.append(' ').append(name).append(' ').append(quoted(value));
  }

  /** Every digit: the charge must be the same. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9._:/@%+=-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
