package dev.anodyne.controller.lab;

import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * When the battery is fetched, what energy costs, and what the charge is to be good at. Messages
 * name the options of {@code charge}, which says the same.
 *
 * @param departureMinutes when the battery is fetched, minutes from the start; null: at once
 * @param prices a tariff's file, see {@link PriceFile}; null: none
 * @param goal {@code fastest}, {@code ageing}, {@code cost} or {@code cost+ageing:PRICE}; null:
 *     cost with a tariff and a departure, ageing with a departure, else what the policy is good at
 * @param thermostatCelsius temperature that a simple thermostat heats to, °C; null: none
 */
public record ChargeAim(
    @Nullable Double departureMinutes,
    @Nullable Path prices,
    @Nullable String goal,
    @Nullable Double thermostatCelsius) {
  /** As soon as possible. */
  public static final ChargeAim NONE = new ChargeAim(null, null, null, null);

  private static final String PRICED = "cost+ageing:";
  private static final double MOST_MINUTES = 2880;
  private static final double LOWEST_CELSIUS = -40;
  private static final double HIGHEST_CELSIUS = 80;

  /**
   * Checks everything but the tariff's content.
   *
   * @throws InputException naming the option, the value and what is allowed
   */
  public ChargeAim {
    if (departureMinutes != null && !(departureMinutes >= 1 && departureMinutes <= MOST_MINUTES)) {
      throw new InputException(
          "--departure: " + departureMinutes + " is not allowed; allowed: 1 to 2880 min.");
    }
    if (thermostatCelsius != null
        && !(thermostatCelsius >= LOWEST_CELSIUS && thermostatCelsius <= HIGHEST_CELSIUS)) {
      throw new InputException(
          "--thermostat: " + thermostatCelsius + " is not allowed; allowed: -40 to 80 °C.");
    }
    if (goal != null && departureMinutes == null && !named(goal).isFastest()) {
      throw new InputException(
          "--goal: '" + goal + "' needs a departure.\nMaybe add --departure MIN.");
    }
  }

  /**
   * The same charge with this aim; what it does not say stays.
   *
   * @throws InputException when the tariff or the policy's file cannot be read
   */
  public ChargeSetup applyTo(ChargeSetup plain) {
    if (equals(NONE)) {
      return plain;
    }
    Outlook outlook = plain.outlook();
    if (departureMinutes != null) {
      outlook = outlook.withDepartureSeconds(60 * departureMinutes);
    }
    if (prices != null) {
      outlook = outlook.withPrices(PriceFile.read(prices));
    }
    return plain
        .withOutlook(outlook)
        .withGoal(goalOf(plain))
        .withThermostatCelsius(thermostatCelsius);
  }

  /** A policy file's own objective counts where no goal is named. */
  private @Nullable ChargeGoal goalOf(ChargeSetup plain) {
    if (goal != null) {
      return named(goal);
    }
    boolean ownObjective =
        !Parts.isOracle(plain.policy()) && !Parts.spec(plain).objective().goal().isFastest();
    if (ownObjective || departureMinutes == null) {
      return null;
    }
    return prices == null ? ChargeGoal.leastAgeing() : ChargeGoal.leastCost();
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
