package dev.anodyne.hil.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/** What the garbage collector has done since the beginning of a run. */
final class CollectorPauses {
  private final long countBefore = count();
  private final long millisBefore = millis();

  /** For example {@code Copy, MarkSweepCompact: 3 collections, 12 ms}. */
  String describe() {
    return names()
        + ": "
        + (count() - countBefore)
        + " collections, "
        + (millis() - millisBefore)
        + " ms";
  }

  private static String names() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  private static long count() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long millis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
