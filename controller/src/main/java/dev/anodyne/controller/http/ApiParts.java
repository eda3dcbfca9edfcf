package dev.anodyne.controller.http;

import dev.anodyne.controller.station.StationDesk;
import dev.anodyne.controller.storage.StationStorage;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a running station offers to its API. Until it is there only the sessions are shown.
 *
 * @param name of the station, for people
 * @param version of this software
 * @param begun when it was started, UTC
 * @param desk where commands are given and alarms are seen
 * @param store what is kept; null: nothing is
 * @param site how the power is shared; null: there is nothing to share
 * @param health the parts that must work for the station to be ready; asked on an event loop
 * @param maintenance what can be done to the server itself
 */
public record ApiParts(
    String name,
    String version,
    Instant begun,
    StationDesk desk,
    @Nullable StationStorage store,
    @Nullable SiteLook site,
    Supplier<List<Part>> health,
    Maintenance maintenance) {
  /**
   * A part of the station.
   *
   * @param name such as {@code storage}
   * @param isReady whether it does its work
   * @param message how it stands, a sentence for people
   */
  public record Part(String name, boolean isReady, String message) {}
}
