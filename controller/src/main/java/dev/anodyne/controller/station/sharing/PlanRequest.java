package dev.anodyne.controller.station.sharing;

import java.util.List;

/**
 * What a plan is made of.
 *
 * @param nowNanos when the plan begins
 * @param charges what is to be charged; others need no plan
 * @param limit of the grid connection, by time
 * @param ahead prices and generation
 * @param settings the site's
 * @param reservedWatts fall-backs of connectors that charge nothing, W
 * @param storageSoc of the site's battery, 0–1; without meaning when there is none
 */
public record PlanRequest(
    long nowNanos,
    List<Charge> charges,
    GridLimit limit,
    SiteAhead ahead,
    SiteSettings settings,
    double reservedWatts,
    double storageSoc) {
  public PlanRequest {
    charges = List.copyOf(charges);
  }

  /** A charge to be planned. */
  public record Charge(Bay bay, Wish wish) {}
}
