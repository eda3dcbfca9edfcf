package dev.anodyne.controller.station;

import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditFile;
import dev.anodyne.opcua.server.audit.AuditQueue;
import dev.anodyne.opcua.server.audit.AuditTrail;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Where a station notes who did what, whichever way they came: the log, a file when one is
 * configured, and whatever is added later, such as the storage.
 */
public final class AuditBook implements AuditTrail, AutoCloseable {
  /** Lines that may wait for the disk. */
  private static final int MOST_LINES = 10_000;

  private final List<AuditTrail> trails = new CopyOnWriteArrayList<>();
  private final @Nullable AuditQueue queue;

  /**
   * Opens the book.
   *
   * @param file the file; null: none
   * @throws IllegalArgumentException when the file cannot be written
   */
  public AuditBook(OpcUaConfig.@Nullable AuditConfig file) {
    queue = file == null ? null : queue(file);
    trails.add(AuditTrail.LOG);
    if (queue != null) {
      trails.add(queue);
    }
  }

  /** Lets somebody else note it too; it must return at once and must not throw. */
  public void add(AuditTrail trail) {
    trails.add(trail);
  }

  @Override
  public void record(AuditEntry entry) {
    for (AuditTrail trail : trails) {
      trail.record(entry);
    }
  }

  @Override
  public void close() {
    if (queue != null) {
      queue.close();
    }
  }

  /** A file that is written by a thread of its own. */
  private static AuditQueue queue(OpcUaConfig.AuditConfig config) {
    try {
      AuditFile file =
          new AuditFile(config.file(), config.mostBytes(), config.kept(), Clock.systemUTC());
      return new AuditQueue(file, MOST_LINES, file::lost);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The audit file " + config.file() + " cannot be written (" + e + ").", e);
    }
  }
}
