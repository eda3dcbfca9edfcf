package dev.anodyne.controller.config;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a charge is to be good at, and what is known about the time ahead, as somebody asked for it.
 *
 * @param goal what it is to be good at; null: see {@link #goalOr}
 * @param departure when the battery is fetched; null when nobody knows
 * @param tariff price of energy from the grid, currency per kWh; null: free
 * @param announcedCaps caps of the battery's power that are known beforehand, W; +∞ lifts one. They
 *     are planned for; what holds at the moment comes from charger and vehicle. Null: none
 */
public record ChargeWish(
    @Nullable ChargeGoal goal,
    @Nullable Moment departure,
    @Nullable Steps tariff,
    @Nullable Steps announcedCaps) {
  /** As fast as the limits allow; nothing is known. */
  public static final ChargeWish NONE = new ChargeWish(null, null, null, null);

  /** The names of the goals, for messages. */
  public static final String GOALS = "fastest, ageing, cost, cost+ageing:PRICE";

  private static final String PRICED = "cost+ageing:";

  /**
   * A goal by its name.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public static ChargeGoal goal(String name) {
    if (name.startsWith(PRICED)) {
      String price = name.substring(PRICED.length());
      try {
        return ChargeGoal.costAndAgeing(Double.parseDouble(price));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + name + "': the price '" + price + "' must be a number of at least 0", e);
      }
    }
    return switch (name) {
      case "fastest" -> ChargeGoal.fastest();
      case "ageing" -> ChargeGoal.leastAgeing();
      case "cost" -> ChargeGoal.leastCost();
      default -> throw new IllegalArgumentException("'" + name + "' is unknown; allowed: " + GOALS);
    };
  }

  /** This wish where the other one says nothing. */
  public ChargeWish overriddenBy(ChargeWish other) {
    return new ChargeWish(
        other.goal == null ? goal : other.goal,
        other.departure == null ? departure : other.departure,
        other.tariff == null ? tariff : other.tariff,
        other.announcedCaps == null ? announcedCaps : other.announcedCaps);
  }

  /**
   * What the charge is to be good at; null leaves it to the policy.
   *
   * @param hasOwn whether the policy has a goal of its own, which counts where none is asked for
   * @throws IllegalArgumentException when the goal needs a departure and there is none
   */
  public @Nullable ChargeGoal goalOr(boolean hasOwn) {
    ChargeGoal asked = goal;
    if (asked == null && !hasOwn && departure != null) {
      return tariff == null ? ChargeGoal.leastAgeing() : ChargeGoal.leastCost();
    }
    boolean waits = asked == null ? hasOwn : !asked.isFastest();
    if (waits && departure == null) {
      throw new IllegalArgumentException(
          "the goal of least cost or ageing needs a departure; there is none.\n"
              + "Maybe add departure: \"06:30\" or departureMinutes, or choose the goal fastest.");
    }
    return asked;
  }

  /** Whether anything is a time of day: such a charge is planned when its vehicle arrives. */
  public boolean isDated() {
    return (departure != null && departure.isTimeOfDay())
        || (tariff != null && tariff.isByTimeOfDay())
        || (announcedCaps != null && announcedCaps.isByTimeOfDay());
  }

  /**
   * What is known about the time ahead of a charge that starts now.
   *
   * @param layout caps are the battery's, plans are made for a cell
   */
  public Outlook outlook(ZonedDateTime start, PackLayout layout) {
    Outlook outlook = Outlook.NONE;
    if (departure != null) {
      outlook = outlook.withDepartureSeconds(departure.secondsAfter(start));
    }
    if (tariff != null) {
      // A price also holds before the first time that is given.
      outlook = outlook.withPrices(tariff.from(start, 1, tariff.steps().get(0).value()));
    }
    if (announcedCaps != null) {
      double share = 1.0 / (layout.series() * layout.parallel());
      outlook =
          outlook.withMaxPowerWatts(announcedCaps.from(start, share, Double.POSITIVE_INFINITY));
    }
    return outlook;
  }
}
