package dev.anodyne.controller.station;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency stops in force, by connector, with who has acknowledged each. They outlive the
 * connector's configuration and, kept in a file, the process: what a person has stopped only a
 * person may set free. Written by a thread of its own: whole and on the disk, or as before.
 * Thread-safe.
 */
public final class HeldStops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldStops.class);
  private static final long CLOSE_SECONDS = 5;
  private static final String BY = "acknowledgedBy";

  private final @Nullable Path file;
  private final Map<String, String> stopped = new TreeMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "held-stops");
            made.setDaemon(true);
            return made;
          });
  private CompletableFuture<@Nullable Void> written = CompletableFuture.completedFuture(null);
  private boolean waits;

  private HeldStops(@Nullable Path file) {
    this.file = file;
  }

  /** Stops that last as long as the process. */
  public static HeldStops inMemory() {
    return new HeldStops(null);
  }

  /**
   * Stops that are kept in a file.
   *
   * @throws IllegalStateException with a sentence for people when it cannot be read: nobody knows
   *     then what may be charged
   */
  public static HeldStops in(Path file) {
    HeldStops stops = new HeldStops(file);
    if (!Files.exists(file)) {
      return stops;
    }
    try {
      JsonObject found = new JsonObject(Files.readString(file));
      for (String connector : found.fieldNames()) {
        stops.stopped.put(connector, found.getJsonObject(connector).getString(BY, ""));
        LOG.warn(
            "Connector {}: its emergency stop is in force until it is acknowledged and reset.",
            connector);
      }
      return stops;
    } catch (IOException | DecodeException | ClassCastException e) {
      throw new IllegalStateException(
          "The emergency stops in "
              + file
              + " cannot be read: "
              + e.getMessage()
              + ".\nMaybe look whether a stop is in force at the site, then move the file away.",
          e);
    }
  }

  /** A connector's orders as a restart finds them: stopped, if it was. */
  synchronized Orders of(String connector) {
    String by = stopped.get(connector);
    return by == null ? Orders.NONE : Orders.NONE.held(true, false).acknowledged(by);
  }

  /** Takes note of what is asked of a connector now; never blocks. */
  synchronized void keep(String connector, Orders now) {
    String before =
        now.emergencyStopped()
            ? stopped.put(connector, now.acknowledgedBy())
            : stopped.remove(connector);
    boolean same = now.emergencyStopped() ? now.acknowledgedBy().equals(before) : before == null;
    if (same || file == null || waits) {
      return; // what waits to be written is written as it is by then
    }
    waits = true;
    CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
    written = next;
    try {
      thread.execute(() -> write(file, next));
    } catch (RejectedExecutionException e) {
      next.completeExceptionally(new IOException("the server stops", e));
    }
  }

  /** When all that {@link #keep} was told is on the disk; fails with why it is not. */
  synchronized CompletableFuture<@Nullable Void> written() {
    return written;
  }

  private void write(Path to, CompletableFuture<@Nullable Void> done) {
    JsonObject all = new JsonObject();
    synchronized (this) {
      waits = false;
      stopped.forEach((connector, by) -> all.put(connector, new JsonObject().put(BY, by)));
    }
    try {
      replace(to, all.encodePrettily());
      done.complete(null);
    } catch (IOException e) {
      LOG.error("The emergency stops in {} cannot be written: a restart forgets them.", to, e);
      done.completeExceptionally(e);
    }
  }

  private static void replace(Path to, String text) throws IOException {
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      // On the disk before the name: a loss of power must not leave an empty file.
      channel.force(true);
    }
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes what waits, for a moment. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("The emergency stops were not written in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
