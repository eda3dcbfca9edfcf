package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.PriceFile;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When the battery is fetched, what energy costs, and what the charge is to be good at. */
final class OutlookOptions {
  private static final String PRICED = "cost+ageing:";

  @Option(
      names = "--departure",
      paramLabel = "MIN",
      description = {
        "When the battery is fetched, minutes from the start: the charge may wait until then. Its",
        "cost and ageing are told at the departure."
      })
  @Nullable Double departureMinutes;

  @Option(
      names = "--prices",
      paramLabel = "FILE.csv",
      description = "Tariff: lines of Time [min],Price [1/kWh] from the start.")
  @Nullable Path prices;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      description = {
        "fastest, ageing, cost, or cost+ageing:PRICE (of a percent of the capacity). Default: cost",
        "with --prices and --departure, ageing with --departure, fastest otherwise."
      })
  @Nullable String goal;

  @Option(
      names = "--thermostat",
      paramLabel = "C",
      description = {
        "Heat to this temperature, °C, at full power, instead of planning heat: a rule to compare",
        "with. Only where the plant has a heater."
      })
  @Nullable Double thermostat;

  /** What is known about the time ahead, on top of what is known already. */
  Outlook outlook(Outlook known) {
    Outlook outlook = known;
    if (departureMinutes != null) {
      double minutes = Checks.within("--departure", departureMinutes, 1, 2880, "min");
      outlook = outlook.withDepartureSeconds(60 * minutes);
    }
    return prices == null ? outlook : outlook.withPrices(PriceFile.read(prices));
  }

  /** Whether a goal was named. */
  boolean isGoalGiven() {
    return goal != null;
  }

  /** What the charge is to be good at; null when nothing was said. */
  @Nullable ChargeGoal goal() {
    String name = goal;
    if (name == null) {
      if (departureMinutes == null) {
        return null;
      }
      return prices == null ? ChargeGoal.leastAgeing() : ChargeGoal.leastCost();
    }
    ChargeGoal made = named(name);
    if (departureMinutes == null && !made.isFastest()) {
      throw new InputException(
          "--goal: '" + name + "' needs a departure.\nMaybe add --departure MIN.");
    }
    return made;
  }

  private static ChargeGoal named(String name) {
    if (name.startsWith(PRICED)) {
      String price = name.substring(PRICED.length());
      try {
        return ChargeGoal.costAndAgeing(Double.parseDouble(price));
      } catch (IllegalArgumentException e) {
        throw new InputException(
            "--goal: '" + name + "': the price '" + price + "' must be a number of at least 0.", e);
      }
    }
    return switch (name) {
      case "fastest" -> ChargeGoal.fastest();
      case "ageing" -> ChargeGoal.leastAgeing();
      case "cost" -> ChargeGoal.leastCost();
      default ->
          throw new InputException(
              "--goal: '"
                  + name
                  + "' is unknown; allowed: fastest, ageing, cost, cost+ageing:PRICE.");
    };
  }
}
