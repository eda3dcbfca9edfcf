package dev.anodyne.controller.config;

import dev.anodyne.core.charging.StepSeries;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grid connection that the connectors share. Powers are AC watts at the grid connection.
 *
 * @param limitWatts what the connection gives, W
 * @param limits the same by time of day, never more than {@code limitWatts}; null: always the same
 * @param lowestLimitWatts the lowest limit that will be set from outside, W
 * @param safeLimitWatts what counts when a limit from outside has run out, W
 * @param baseLoadWatts what draws beside the chargers, W
 * @param budgetSeconds how long a budget holds, s
 * @param planSeconds time between plans, s
 * @param tariff price a kWh by time of day; null: free
 * @param shifts whether charges with a departure wait for cheaper energy
 * @param departureMarginMinutes charges are planned to be done this much before, min
 * @param battery the site's own; null: there is none
 * @param generation the site's own, forecast by time of day, W; null: there is none
 * @param firmGenerationShare share of it that may be relied on at any moment, 0–1
 * @param usual what counts for a connector of which nothing else is said
 * @param connectors by id
 */
public record SiteConfig(
    double limitWatts,
    @Nullable Steps limits,
    double lowestLimitWatts,
    double safeLimitWatts,
    double baseLoadWatts,
    double budgetSeconds,
    double planSeconds,
    @Nullable Steps tariff,
    boolean shifts,
    double departureMarginMinutes,
    @Nullable Battery battery,
    @Nullable Steps generation,
    double firmGenerationShare,
    Share usual,
    Map<String, Share> connectors) {
  public SiteConfig {
    connectors = Map.copyOf(connectors);
  }

  /**
   * The site's battery; as in {@code station.sharing.SiteSettings.Storage}.
   *
   * @param powerWatts at the grid connection, W
   * @param capacityWattHours between empty and full, W·h
   * @param efficiency of one way, above 0, at most 1
   * @param minSoc least that is left in it, 0–1
   * @param maxSoc most that it is filled to, 0–1
   * @param startSoc what it is taken to have until it tells, 0–1
   * @param firm whether it holds the limit by itself
   */
  public record Battery(
      double powerWatts,
      double capacityWattHours,
      double efficiency,
      double minSoc,
      double maxSoc,
      double startSoc,
      boolean firm) {}

  /**
   * A connector's part.
   *
   * @param maxWatts most that its charger draws, W
   * @param cableAmps most that its cable carries to the battery (DC), A; +∞ when nothing is said
   * @param fallbackWatts what its charger may go on drawing when nobody commands it, W
   * @param minWatts a charge that cannot have this much is paused, W
   * @param weight its share beside others
   * @param priority whose departure counts first: higher before lower
   * @param efficiency power into the battery divided by power from the grid
   * @param rampSeconds its charger needs at most this long from full power to none, s
   */
  public record Share(
      double maxWatts,
      double cableAmps,
      double fallbackWatts,
      double minWatts,
      double weight,
      int priority,
      double efficiency,
      double rampSeconds) {}

  /** A connector's part, W: its own, or the usual one. */
  public Share share(String connector) {
    return connectors.getOrDefault(connector, usual);
  }

  /** The limit ahead of a moment, W. */
  public StepSeries limitsFrom(ZonedDateTime start) {
    return limits == null ? StepSeries.constant(limitWatts) : limits.from(start, 1, limitWatts);
  }

  /** The price of a kWh ahead of a moment. */
  public StepSeries pricesFrom(ZonedDateTime start) {
    return tariff == null ? StepSeries.constant(0) : tariff.from(start, 1, 0);
  }

  /** What is generated ahead of a moment, W. */
  public StepSeries generationFrom(ZonedDateTime start) {
    return generation == null ? StepSeries.constant(0) : generation.from(start, 1, 0);
  }

  /** The connectors' fall-backs together, W. */
  public double fallbackWatts(List<String> ids) {
    return ids.stream().mapToDouble(id -> share(id).fallbackWatts()).sum();
  }
}
