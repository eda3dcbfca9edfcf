package dev.anodyne.controller.storage;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/**
 * Where entries wait for the writer, in memory. Putting one in takes nanoseconds and never waits.
 * It is bounded by what the entries take: beyond that the oldest telemetry gives way, and only when
 * there is none left, the oldest of the rest. Thread-safe.
 */
final class Inbox {
  /** To this part of its capacity it is emptied when it is full. */
  private static final double SHRUNK = 0.9;

  private final long capacityBytes;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private long droppedTelemetry;
  private long droppedEvents;

  Inbox(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  synchronized void offer(Entry entry) {
    entries.addLast(entry);
    bytes += weight(entry);
    if (bytes > capacityBytes) {
      shrink();
    }
  }

  /** Takes the oldest entries out, at most so many. */
  synchronized void drainTo(List<Entry> batch, int most) {
    while (batch.size() < most && !entries.isEmpty()) {
      Entry entry = entries.removeFirst();
      bytes -= weight(entry);
      batch.add(entry);
    }
  }

  /** Puts entries back to where they were taken from. */
  synchronized void putBack(List<Entry> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      entries.addFirst(batch.get(i));
      bytes += weight(batch.get(i));
    }
    if (bytes > capacityBytes) {
      shrink();
    }
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  long capacityBytes() {
    return capacityBytes;
  }

  /** Samples and values of variables that gave way. */
  synchronized long droppedTelemetry() {
    return droppedTelemetry;
  }

  /** Everything else that gave way. */
  synchronized long droppedEvents() {
    return droppedEvents;
  }

  /** A good part at a time: looking for what may go is not done for each entry. */
  private void shrink() {
    long wanted = (long) (capacityBytes * SHRUNK);
    for (Iterator<Entry> all = entries.iterator(); all.hasNext() && bytes > wanted; ) {
      Entry entry = all.next();
      if (!(entry instanceof Entry.Event)) {
        all.remove();
        bytes -= weight(entry);
        droppedTelemetry++;
      }
    }
    while (bytes > wanted && !entries.isEmpty()) {
      bytes -= weight(entries.removeFirst());
      droppedEvents++;
    }
  }

  /** About what an entry takes in memory, bytes. */
  private static long weight(Entry entry) {
    if (entry instanceof Sample) {
      return 400;
    }
    return entry instanceof HistoryValue ? 64 : 600;
  }
}
