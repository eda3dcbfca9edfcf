package dev.anodyne.controller.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which battery is being charged where, in this process: a battery is at one connector at a time,
 * and what two charges under one name told would be a mixture of two batteries. Thread-safe.
 */
final class BatteriesInUse {
  private static final Map<Path, String> CONNECTORS = new ConcurrentHashMap<>();

  private BatteriesInUse() {}

  /**
   * Takes a battery, if nobody else has.
   *
   * @param file what is kept about it; null: nothing is, and nothing can be mixed
   * @return true when it is this connector's now
   */
  static boolean take(@Nullable Path file, String connector) {
    return file == null
        || connector.equals(CONNECTORS.computeIfAbsent(key(file), unused -> connector));
  }

  /** Where a battery is being charged; null when nowhere else than here. */
  static @Nullable String elsewhere(@Nullable Path file, String connector) {
    String holder = file == null ? null : CONNECTORS.get(key(file));
    return connector.equals(holder) ? null : holder;
  }

  /** Gives back whatever a connector has taken. */
  static void giveBack(String connector) {
    CONNECTORS.values().removeIf(connector::equals);
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
