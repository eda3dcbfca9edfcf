package dev.anodyne.controller.station.sharing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The site as an operator sees it. Powers are AC watts at the grid connection unless they are
 * called battery watts; null where nothing is known. All numbers are finite.
 *
 * @param at when this was so, UTC
 * @param limitWatts the grid limit that counts
 * @param configuredLimitWatts the one that is configured for this time
 * @param externalLimit the one that was set from outside; null when there is none
 * @param capacityWatts what the chargers may draw together
 * @param usedWatts what is drawn as far as it is measured, base load included
 * @param budgetWatts all budgets together
 * @param possibleWatts what the chargers could be drawing together, in the worst case
 * @param fallbackWatts what they draw when nobody commands them
 * @param baseLoadWatts what draws beside them
 * @param status how it stands
 * @param why the same as a sentence
 * @param connectors in order
 * @param battery the site's; null when there is none
 * @param generation the site's own; null when there is none
 * @param plan what is planned; null when there is no plan
 */
public record SiteView(
    Instant at,
    double limitWatts,
    double configuredLimitWatts,
    @Nullable ExternalLimit externalLimit,
    double capacityWatts,
    double usedWatts,
    double budgetWatts,
    double possibleWatts,
    double fallbackWatts,
    double baseLoadWatts,
    Status status,
    String why,
    List<Connector> connectors,
    @Nullable Battery battery,
    @Nullable Generation generation,
    @Nullable Plan plan) {

  /** How the sharing stands. */
  public enum Status {
    /** Everybody has what it can use. */
    FREE,
    /** The limit is shared. */
    SHARED,
    /** Some charges wait for their turn, since the least powers of all do not fit. */
    TURNS,
    /** The limit has fallen; chargers are on their way down, or draw more than they may. */
    ABOVE,
    /** The limit is below what the chargers draw when nobody commands them. */
    BELOW_FALLBACK
  }

  /**
   * A limit from outside.
   *
   * @param validUntil when it runs out; null when it does not
   * @param expired true when it has, so that the safe value counts
   */
  public record ExternalLimit(double watts, @Nullable Instant validUntil, boolean expired) {}

  /**
   * A connector.
   *
   * @param budgetWatts what it may draw now
   * @param batteryWatts the same into its battery (DC)
   * @param shareWatts what it is to have as soon as others have made room
   * @param possibleWatts what its charger could be drawing
   * @param wantsWatts what it could use
   * @param dueWatts what it needs now to be done by its departure
   * @param measuredWatts what it draws; null when nobody knows
   * @param departsInSeconds null without a departure
   * @param paused it waits for its turn
   * @param why a sentence
   */
  public record Connector(
      String id,
      double budgetWatts,
      double batteryWatts,
      double shareWatts,
      double possibleWatts,
      double wantsWatts,
      double dueWatts,
      @Nullable Double measuredWatts,
      @Nullable Double departsInSeconds,
      double weight,
      int priority,
      boolean paused,
      String why) {}

  /**
   * The site's battery.
   *
   * @param setPointWatts what it is to do: positive gives, negative takes
   * @param told whether its state of charge was told, or only counted
   * @param firmWatts what is relied on
   */
  public record Battery(
      double soc, boolean told, double setPointWatts, double powerWatts, double firmWatts) {}

  /** The site's own generation. */
  public record Generation(
      double forecastWatts, @Nullable Double measuredWatts, double firmWatts) {}

  /**
   * A plan.
   *
   * @param madeAt UTC
   * @param status how the solve ended
   * @param cost of the energy that is bought, in the tariff's currency
   */
  public record Plan(
      Instant madeAt,
      String status,
      double solveMillis,
      double cost,
      List<Slot> slots,
      List<Departure> departures) {}

  /**
   * A piece of a plan.
   *
   * @param connectorsWatts of all connectors together
   * @param gridWatts bought from the grid, base load included
   * @param batteryWatts of the site's battery: positive gives
   * @param generationWatts used of the site's own
   * @param soc of the site's battery at the end; null without one
   */
  public record Slot(
      Instant from,
      double seconds,
      double limitWatts,
      double price,
      double connectorsWatts,
      double gridWatts,
      double batteryWatts,
      double generationWatts,
      @Nullable Double soc) {}

  /**
   * A charge with a departure.
   *
   * @param neededWattHours from the grid until its target
   * @param plannedWattHours of it by its departure
   */
  public record Departure(
      String id, Instant departs, double neededWattHours, double plannedWattHours) {}
}
