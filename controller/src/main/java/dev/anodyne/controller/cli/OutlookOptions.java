package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.ChargeAim;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When the battery is fetched, what energy costs, and what the charge is to be good at. */
final class OutlookOptions {
  @Option(
      names = "--departure",
      paramLabel = "MIN",
      description = {
        "When the battery is fetched, minutes from the start: the charge may wait until then. Its",
        "cost and ageing are told at the departure."
      })
  private @Nullable Double departureMinutes;

  @Option(
      names = "--prices",
      paramLabel = "FILE.csv",
      description = "Tariff: lines of Time [min],Price [1/kWh] from the start.")
  private @Nullable Path prices;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      description = {
        "fastest, ageing, cost, or cost+ageing:PRICE (of a percent of the capacity). Default: cost",
        "with --prices and --departure, ageing with --departure, fastest otherwise."
      })
  private @Nullable String goal;

  @Option(
      names = "--thermostat",
      paramLabel = "C",
      description = {
        "Heat to this temperature, °C, at full power, instead of planning heat: a rule to compare",
        "with. Only where the plant has a heater."
      })
  private @Nullable Double thermostat;

  /** All of it, checked. */
  ChargeAim aim() {
    return new ChargeAim(departureMinutes, prices, goal, thermostat);
  }
}
