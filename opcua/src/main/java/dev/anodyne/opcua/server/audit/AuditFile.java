package dev.anodyne.opcua.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in a file of JSON lines, which survives the program. When the file is full it becomes
 * {@code NAME.1}, what was that {@code NAME.2}, and so on; the oldest is deleted. It writes at once
 * and may block: it belongs behind an {@link AuditQueue}, which must tell it what was {@link
 * #lost}. Entries that cannot be written are counted too, and the next line that can be written
 * says how many. Thread-safe.
 */
public final class AuditFile implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

  private final Path path;
  private final long mostBytes;
  private final int kept;
  private final Clock clock;
  private long bytes;
  private long missing;

  /**
   * A file that is written on, or begun.
   *
   * @param path the newest file; its folder is made when it is not there
   * @param mostBytes size at which another one is begun
   * @param kept how many older ones are kept
   * @throws IOException when it cannot be written
   */
  public AuditFile(Path path, long mostBytes, int kept, Clock clock) throws IOException {
    this.path = path;
    this.mostBytes = mostBytes;
    this.kept = kept;
    this.clock = clock;
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    append("");
    bytes = Files.size(path);
  }

  @Override
  public synchronized void record(AuditEntry entry) {
    if (!written(AuditJson.line(entry))) {
      missing++;
    }
  }

  /** Entries were left out before they came here. */
  public synchronized void lost(long count) {
    missing += count;
    tellMissing();
  }

  private boolean written(String line) {
    return tellMissing() && write(line);
  }

  private boolean tellMissing() {
    if (missing > 0 && write(AuditJson.lost(clock.instant().toString(), missing))) {
      missing = 0;
    }
    return missing == 0;
  }

  private boolean write(String line) {
    try {
      if (bytes >= mostBytes) {
        rotate();
      }
      append(line + "\n");
      bytes += line.getBytes(StandardCharsets.UTF_8).length + 1L;
      return true;
    } catch (IOException e) {
      if (missing == 0) {
        LOG.error("The audit file {} cannot be written ({}).", path, e.toString());
      }
      return false;
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    Files.deleteIfExists(older(kept));
    for (int i = kept; i > 1; i--) {
      if (Files.exists(older(i - 1))) {
        Files.move(older(i - 1), older(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (kept > 0) {
      Files.move(path, older(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(path);
    }
    bytes = 0;
  }

  private Path older(int age) {
    return path.resolveSibling(path.getFileName() + "." + age);
  }
}
