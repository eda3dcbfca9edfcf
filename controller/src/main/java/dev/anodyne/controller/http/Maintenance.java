package dev.anodyne.controller.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can be done to the server itself while it runs. Asked on an event loop; nothing blocks.
 *
 * @param reload reads the station's file again, and tells what became of it; true ends the charges
 *     of connectors that are not in it any more. Fails when the server was not started from a file
 * @param reloadStatus what the last reload said, with what waits yet; fails likewise
 * @param cluster how this node stands among others; empty for a station on one machine
 */
public record Maintenance(
    Function<Boolean, Future<JsonObject>> reload,
    Supplier<Future<JsonObject>> reloadStatus,
    Supplier<Optional<JsonObject>> cluster) {}
