package dev.anodyne.mpc.objective;

/**
 * What a charge is to be good at, as prices that are added up. Their unit is any currency; only
 * their ratios matter.
 *
 * @param timePerHour price of an hour until the target is reached
 * @param energyWeight factor of what the energy from the grid costs
 * @param ageingPerPercent price of a percent of the nominal capacity that is lost for good
 * @param reserveSeconds the plan arrives this long before the departure, s
 */
public record ChargeGoal(
    double timePerHour, double energyWeight, double ageingPerPercent, double reserveSeconds) {
  /** What a plan keeps to the departure by default, s. */
  public static final double DEFAULT_RESERVE_SECONDS = 600.0;

  private static final double LONGEST_RESERVE_SECONDS = 86_400.0;

  public ChargeGoal {
    require("timePerHour", timePerHour);
    require("energyWeight", energyWeight);
    require("ageingPerPercent", ageingPerPercent);
    if (!(reserveSeconds >= 0.0 && reserveSeconds <= LONGEST_RESERVE_SECONDS)) {
      throw new IllegalArgumentException(
          "The goal's reserveSeconds is "
              + reserveSeconds
              + "; it must lie between 0 and "
              + LONGEST_RESERVE_SECONDS
              + ".");
    }
    if (timePerHour + energyWeight + ageingPerPercent == 0.0) {
      throw new IllegalArgumentException(
          "The goal has no weight: one of timePerHour, energyWeight, ageingPerPercent must be"
              + " above 0.");
    }
  }

  /** At the target as early as possible. */
  public static ChargeGoal fastest() {
    return new ChargeGoal(1.0, 0.0, 0.0, DEFAULT_RESERVE_SECONDS);
  }

  /** At the target by the departure, at the least loss of capacity. */
  public static ChargeGoal leastAgeing() {
    return new ChargeGoal(0.0, 0.0, 1.0, DEFAULT_RESERVE_SECONDS);
  }

  /** At the target by the departure, at the least cost of energy. */
  public static ChargeGoal leastCost() {
    return new ChargeGoal(0.0, 1.0, 0.0, DEFAULT_RESERVE_SECONDS);
  }

  /**
   * Energy and battery weighed against each other.
   *
   * @param ageingPerPercent what a percent of the capacity is worth, in the tariff's currency
   */
  public static ChargeGoal costAndAgeing(double ageingPerPercent) {
    return new ChargeGoal(0.0, 1.0, ageingPerPercent, DEFAULT_RESERVE_SECONDS);
  }

  /** The same with another distance to the departure, s. */
  public ChargeGoal withReserveSeconds(double seconds) {
    return new ChargeGoal(timePerHour, energyWeight, ageingPerPercent, seconds);
  }

  /** True when an early arrival is all that counts: no plan to a departure is needed. */
  public boolean isFastest() {
    return energyWeight == 0.0 && ageingPerPercent == 0.0;
  }

  private static void require(String name, double value) {
    if (!(value >= 0.0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "The goal's " + name + " is " + value + "; it must be a number of at least 0.");
    }
  }
}
