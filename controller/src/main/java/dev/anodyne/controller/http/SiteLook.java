package dev.anodyne.controller.http;

import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.station.CommandAnswer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the site's power is shared, as the API shows and limits it.
 *
 * @param look how it stands; any thread, quick
 * @param command limits the power
 */
public record SiteLook(java.util.function.Supplier<Now> look, Command command) {
  /** Limits the power of the site. */
  public interface Command {
    /**
     * Sets a limit, or takes it back.
     *
     * @param watts null: taken back
     * @param validForSeconds +∞ until it is taken back
     */
    CommandAnswer limit(@Nullable Double watts, double validForSeconds, Caller caller);
  }

  /**
   * How it stands.
   *
   * @param limitWatts the lowest limit in force, W; +∞ without
   * @param externalWatts the limit that somebody has set, W; null without
   * @param externalUntil when that ends; null: when it is taken back
   * @param status one word
   * @param why a sentence for people
   * @param shares by connector
   */
  public record Now(
      double limitWatts,
      @Nullable Double externalWatts,
      @Nullable Instant externalUntil,
      @Nullable String status,
      @Nullable String why,
      Map<String, Share> shares) {}

  /**
   * A connector's share.
   *
   * @param budgetWatts that it may draw, W; +∞ without
   * @param why a sentence for people; null without
   * @param priority null without
   */
  public record Share(double budgetWatts, @Nullable String why, @Nullable Integer priority) {}
}
