package dev.anodyne.controller.station;

import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be said to a shared grid connection, the same way for whoever says it. */
final class SiteCommands {
  private static final CommandAnswer NONE =
      new CommandAnswer(
          CommandResult.NOT_POSSIBLE,
          "This needs a station that shares its power. Maybe add site: to its configuration.");

  private final @Nullable Site site;

  SiteCommands(@Nullable Site site) {
    this.site = site;
  }

  /** Whether power is shared. */
  boolean isThere() {
    return site != null;
  }

  /**
   * Sets the limit from outside, or takes it back.
   *
   * @param watts null: taken back
   * @param validForSeconds +∞ until it is taken back
   */
  CommandAnswer limit(@Nullable Double watts, double validForSeconds) {
    if (site == null) {
      return NONE;
    }
    if (watts == null) {
      boolean none = site.view().externalLimit() == null;
      site.clearGridLimit();
      return new CommandAnswer(
          none ? CommandResult.NOTHING_TO_DO : CommandResult.ACCEPTED,
          "The configured grid limit counts.");
    }
    String until =
        Double.isInfinite(validForSeconds) ? "." : " for " + Math.round(validForSeconds) + " s.";
    return told(
        () -> site.setGridLimit(watts, validForSeconds),
        "The site may draw " + Math.round(watts) + " W" + until);
  }

  /** The site's battery holds this much, 0–1. */
  CommandAnswer tellBattery(double soc) {
    if (site == null) {
      return NONE;
    }
    if (!site.hasBattery()) {
      return new CommandAnswer(
          CommandResult.NOT_POSSIBLE, "The site has no battery. Maybe add site.battery.");
    }
    return told(
        () -> site.tellBattery(soc),
        String.format(Locale.ROOT, "The site's battery holds %.0f %%.", 100 * soc));
  }

  /** The site generates this much, W. */
  CommandAnswer tellGeneration(double watts) {
    return site == null
        ? NONE
        : told(() -> site.tellGeneration(watts), "The site generates " + Math.round(watts) + " W.");
  }

  private static CommandAnswer told(Runnable saying, String message) {
    try {
      saying.run();
      return CommandAnswer.accepted(message);
    } catch (IllegalArgumentException e) {
      return new CommandAnswer(CommandResult.OUT_OF_RANGE, String.valueOf(e.getMessage()));
    }
  }
}
