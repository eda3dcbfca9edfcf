package dev.anodyne.mpc.baseline;

import dev.anodyne.core.cell.CellParameters;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers what was tuned on a cell's model: many charges of the same cell within the same limits
 * share one tuning. Weak keys: it lives as long as the parameters it was derived from. Thread-safe;
 * two threads that ask for the same wait for one tuning.
 */
public final class DerivedLaws {
  private static final Map<CellParameters, Map<Object, Object>> CACHE = new WeakHashMap<>();

  private DerivedLaws() {}

  /**
   * A tuning, from memory or made.
   *
   * @param cell the parameter object it is derived from
   * @param key all that it depends on beside the cell; compared by {@code equals}
   * @param type of the tuning
   * @param make makes it
   */
  public static <T> T of(CellParameters cell, Object key, Class<T> type, Supplier<T> make) {
    Map<Object, Object> known;
    synchronized (CACHE) {
      known = CACHE.computeIfAbsent(cell, c -> new ConcurrentHashMap<>());
    }
    return type.cast(known.computeIfAbsent(key, k -> make.get()));
  }
}
