package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.ChargeAim;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.compare.ScenarioAim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The axes of departures, goals and thermostats; every combination is one. */
final class AimOptions {
  private static final String NONE = "none";

  @Option(
      names = "--departure",
      paramLabel = "MIN",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = NONE,
      description = {
        "When the battery is fetched, minutes from the start, or none; cost and ageing are told at",
        "that time. Default: ${DEFAULT-VALUE}."
      })
  private List<String> departures = List.of(NONE);

  @Option(
      names = "--prices",
      paramLabel = "FILE.csv",
      description = "Tariff: lines of Time [min],Price [1/kWh] from the start.")
  private @Nullable Path prices;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      split = ",",
      splitSynopsisLabel = ",",
      description = {
        "fastest, ageing, cost, cost+ageing:PRICE (of a percent of the capacity). Default: cost",
        "with --prices and --departure, ageing with --departure, what the policy is good at",
        "otherwise."
      })
  private List<String> goals = List.of();

  @Option(
      names = "--thermostat",
      paramLabel = "C",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = NONE,
      description = {
        "Heat to this temperature, °C, at full power, instead of planning heat; or none. Only where",
        "the plant has a heater. Default: ${DEFAULT-VALUE}."
      })
  private List<String> thermostats = List.of(NONE);

  /** Every combination, checked. */
  List<ScenarioAim> read() {
    if (prices != null) {
      Checks.readable("--prices", prices);
    }
    List<ScenarioAim> all = new ArrayList<>();
    for (String departure : departures) {
      Double minutes = number("--departure", departure);
      // Beside others, a charge without a departure is there once: it has one goal only.
      boolean hasGoals = !goals.isEmpty() && (minutes != null || departures.size() == 1);
      if (!hasGoals) {
        add(all, minutes, null);
      }
      for (String goal : hasGoals ? goals : List.<String>of()) {
        add(all, minutes, goal);
      }
    }
    return all;
  }

  private void add(List<ScenarioAim> all, @Nullable Double minutes, @Nullable String goal) {
    for (String thermostat : thermostats) {
      Double celsius = number("--thermostat", thermostat);
      all.add(ScenarioAim.of(new ChargeAim(minutes, prices, goal, celsius)));
    }
  }

  private static @Nullable Double number(String option, String text) {
    if (text.equals(NONE)) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          option + ": '" + text + "' is not a number; allowed: numbers, or none.", e);
    }
  }
}
