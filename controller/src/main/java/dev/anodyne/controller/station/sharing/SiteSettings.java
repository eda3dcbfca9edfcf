package dev.anodyne.controller.station.sharing;

import org.jspecify.annotations.Nullable;

/**
 * A site, as it is configured.
 *
 * @param lowestLimitWatts the lowest limit that will be set from outside; fall-backs and what else
 *     draws fit below it, W
 * @param safeLimitWatts what counts when a limit from outside has run out, W
 * @param baseLoadWatts what draws beside the chargers, W
 * @param budgetSeconds how long a budget holds, s
 * @param storage the site's battery; null: there is none
 * @param firmGenerationShare share of the local generation that may be relied on at any moment, 0–1
 * @param shifts whether charges with a departure wait for cheaper energy
 * @param departureMarginSeconds charges are planned to be done this much before their departure, s
 */
public record SiteSettings(
    double lowestLimitWatts,
    double safeLimitWatts,
    double baseLoadWatts,
    double budgetSeconds,
    @Nullable Storage storage,
    double firmGenerationShare,
    boolean shifts,
    double departureMarginSeconds) {

  /**
   * The site's battery. Its own control carries out what is suggested.
   *
   * @param powerWatts most that it takes or gives at the grid connection, W
   * @param capacityWattHours between empty and full, W·h
   * @param efficiency of one way, above 0, at most 1
   * @param minSoc least that is left in it, 0–1
   * @param maxSoc most that it is filled to, 0–1
   * @param startSoc what it is taken to have until it is told, 0–1
   * @param firm whether its own control holds the grid connection below its limit by itself, so
   *     that what it can give may be relied on at any moment
   */
  public record Storage(
      double powerWatts,
      double capacityWattHours,
      double efficiency,
      double minSoc,
      double maxSoc,
      double startSoc,
      boolean firm) {}
}
