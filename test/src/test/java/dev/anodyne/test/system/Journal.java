package dev.anodyne.test.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What happened, in order; written by one thread and read by others. */
final class Journal<T> {
  private final List<T> entries = new ArrayList<>();

  synchronized void add(T entry) {
    entries.add(entry);
  }

  /** The newest entries, back to the first that does not fit. */
  synchronized List<T> since(Predicate<T> fits) {
    int from = entries.size();
    while (from > 0 && fits.test(entries.get(from - 1))) {
      from--;
    }
    return List.copyOf(entries.subList(from, entries.size()));
  }
}
