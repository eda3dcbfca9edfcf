package dev.anodyne.controller.station.sharing;

import java.util.Locale;

/** What the sharing says to people. */
final class SiteWords {
  private static final double KILO = 1000;

  /** Below this share of what could be used a budget is felt. */
  private static final double FELT = 0.99;

  private SiteWords() {}

  /**
   * Why a connector has what it has.
   *
   * @param gridWatts the limit that counts
   * @param sharers how many connectors have a share of it
   */
  static String budget(Sharing.Grant g, Demand demand, double gridWatts, int sharers) {
    String limit = "Grid limit " + kilowatts(gridWatts);
    if (demand.wantsWatts() <= 0) {
      return "Nothing is to be charged here; the grid's power is for others.";
    }
    if (!g.admitted()) {
      return demand.usefulWatts() <= 0
          ? "Energy is cheaper later and there is time until the departure: this connector waits."
          : limit + " is not enough for all; this connector waits for its turn.";
    }
    if (g.budgetWatts() < FELT * g.shareWatts()) {
      return limit
          + ": this connector gets "
          + kilowatts(g.shareWatts())
          + " as soon as others have come down; it has "
          + kilowatts(g.budgetWatts())
          + ".";
    }
    if (g.budgetWatts() < FELT * demand.wantsWatts()) {
      boolean later = g.budgetWatts() >= FELT * demand.usefulWatts();
      return later
          ? "Energy is cheaper later and there is time until the departure: this connector has "
              + kilowatts(g.budgetWatts())
              + "."
          : limit
              + " shared by "
              + sharers
              + "; this connector has "
              + kilowatts(g.budgetWatts())
              + ".";
    }
    return limit + " leaves room: this connector has " + kilowatts(g.budgetWatts()) + ".";
  }

  /** How the whole site stands. */
  static String site(SiteView.Status status, double limitWatts, double possibleWatts) {
    String limit = "Grid limit " + kilowatts(limitWatts);
    return switch (status) {
      case FREE -> limit + " leaves room for all.";
      case SHARED -> limit + " is shared.";
      case TURNS -> limit + " is not enough for all to charge at once: they take turns.";
      case ABOVE ->
          limit
              + " has fallen, or a charger draws more than it may: up to "
              + kilowatts(possibleWatts)
              + " could still be drawn.";
      case BELOW_FALLBACK ->
          limit
              + " is below what chargers draw when nobody commands them: only those that can be"
              + " reached come down.";
    };
  }

  static String kilowatts(double watts) {
    return String.format(Locale.ROOT, "%.1f kW", watts / KILO);
  }
}
