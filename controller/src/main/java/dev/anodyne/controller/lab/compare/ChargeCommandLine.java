package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeAim;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.ShellLine;
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
    ShellLine line = new ShellLine("./anodyne charge");
    line.option("--cell", s.cell()).option("--policy", who.policy());
    if (!Parts.isOracle(who.policy())) {
      line.option("--estimator", setup.estimator());
    }
    line.option("--plant", plants.of(s)).option("--from", s.fromSoc()).option("--to", s.toSoc());
    line.option("--ambient-c", s.ambientCelsius());
    line.option("--heat-transfer", s.heatTransferWattsPerM2Kelvin());
    Double volts = s.limits().maxVoltageVolts();
    if (volts != null) {
      line.option("--max-voltage", volts);
    }
    line.option("--max-temperature-c", s.limits().maxTemperatureCelsius());
    line.option("--max-c-rate", s.limits().maxCRate());
    line.option("--period", s.periodSeconds()).option("--seed", Long.toString(s.seed()));
    aim(line, s.aim().aim());
    if (s.known()) {
      line.option("--battery", BatteryFiles.file(report, key).toString()).flag("--no-learn");
    }
    return line.option("--out", "out/replay").toString();
  }

  private static void aim(ShellLine line, ChargeAim aim) {
    if (aim.departureMinutes() != null) {
      line.option("--departure", aim.departureMinutes());
    }
    if (aim.prices() != null) {
      line.option("--prices", aim.prices().toString());
    }
    if (aim.goal() != null) {
      line.option("--goal", aim.goal());
    }
    if (aim.thermostatCelsius() != null) {
      line.option("--thermostat", aim.thermostatCelsius());
    }
  }
}
