package dev.anodyne.controller.app;

import dev.anodyne.controller.config.StorageConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger of small files, one a connector, written by a thread of its own: whole and on the disk,
 * or as before. Of several entries of a connector that wait only the last is written, so nothing
 * piles up on a slow disk. A disk that cannot be written costs the resumption, never the charge:
 * one line in the log.
 */
final class FileLedger implements ChargeLedger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileLedger.class);
  private static final long CLOSE_SECONDS = 5;

  private final Path folder;
  private final Thread thread;

  /** What waits to be written, by connector; empty: the entry is to go. */
  private final Map<String, Optional<OpenCharge>> waiting = new LinkedHashMap<>();

  private final Map<String, String> newest = new LinkedHashMap<>();
  private boolean closed;
  private boolean failed;

  FileLedger(Path folder) {
    this.folder = folder;
    thread = new Thread(this::run, "charge ledger");
    thread.setDaemon(true);
    thread.start();
  }

  /** The ledger of a station: a folder beside the one in which its data waits. */
  static FileLedger beside(StorageConfig.Spool spool) {
    return new FileLedger(spool.folder().resolveSibling("charges-under-way"));
  }

  @Override
  public Optional<OpenCharge> open(String connector) {
    synchronized (this) {
      Optional<OpenCharge> own = waiting.get(connector);
      if (own != null) {
        return own;
      }
    }
    Path file = file(connector);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      OpenCharge found = OpenCharge.parse(Files.readString(file));
      return found.connector().equals(connector) ? Optional.of(found) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("Connector {}: the charge in {} cannot be taken up.", connector, file, e);
      return Optional.empty();
    }
  }

  @Override
  public synchronized void put(OpenCharge charge) {
    newest.put(charge.connector(), charge.chargeId());
    tell(charge.connector(), Optional.of(charge));
  }

  @Override
  public synchronized void close(String connector, String chargeId) {
    String known = newest.get(connector);
    if (known == null || known.equals(chargeId)) {
      tell(connector, Optional.empty());
    }
  }

  private void tell(String connector, Optional<OpenCharge> entry) {
    waiting.put(connector, entry);
    notifyAll();
  }

  private void run() {
    Map<String, Optional<OpenCharge>> taken = new LinkedHashMap<>();
    while (take(taken)) {
      taken.forEach(this::write);
      taken.clear();
    }
  }

  /** Waits for entries; false at the end. What is taken is shown until it is on the disk. */
  private synchronized boolean take(Map<String, Optional<OpenCharge>> taken) {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return false;
    }
    taken.putAll(waiting);
    return !taken.isEmpty();
  }

  private void write(String connector, Optional<OpenCharge> entry) {
    try {
      if (entry.isPresent()) {
        replace(file(connector), entry.get().text());
      } else {
        Files.deleteIfExists(file(connector));
      }
      done(connector, entry, null);
    } catch (IOException e) {
      done(connector, entry, e);
    }
  }

  private synchronized void done(
      String connector, Optional<OpenCharge> entry, @Nullable IOException failure) {
    waiting.remove(connector, entry);
    if (failure != null && !failed) {
      LOG.error(
          "The ledger {} cannot be written: a restart will begin charges anew.", folder, failure);
    } else if (failure == null && failed) {
      LOG.info("The ledger {} can be written again.", folder);
    }
    failed = failure != null;
  }

  private void replace(Path file, String text) throws IOException {
    Files.createDirectories(folder);
    Path part = file.resolveSibling(file.getFileName() + ".part");
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
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(String connector) {
    return folder.resolve(connector + ".json");
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
