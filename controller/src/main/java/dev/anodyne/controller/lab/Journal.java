package dev.anodyne.controller.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finished pieces of a long computation, one JSON object a line, so that it goes on after an
 * interruption. A line is written at once when its piece is done; a killed process leaves at most a
 * torn last line, which is skipped. Numbers keep every digit. Thread-safe; one process at a time.
 *
 * @param <T> what came of a piece: a record that Jackson writes and reads
 */
public final class Journal<T> implements AutoCloseable {
  /** Beside the results. */
  public static final String FILE = "journal.jsonl";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final FileChannel channel;
  private final FileLock lock;
  private final Map<String, T> finished;

  /** One line; the name of the second is that of the first journals. */
  private record Entry<T>(String key, T outcome) {}

  private Journal(FileChannel channel, FileLock lock, Map<String, T> finished) {
    this.channel = channel;
    this.lock = lock;
    this.finished = finished;
  }

  /**
   * Opens the journal of a folder, or begins one.
   *
   * @param option the option that the folder came from, for the message
   * @throws InputException when another process writes it, or the folder is not writable
   */
  public static <T> Journal<T> open(String option, Path folder, Class<T> type) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel = channel(option, file);
    try {
      FileLock lock = locked(channel);
      if (lock == null) {
        throw new InputException(
            option
                + ": another process writes results to "
                + folder
                + "; allowed: a folder that nobody writes to.\nMaybe wait for it, or choose another"
                + " folder.");
      }
      return new Journal<>(channel, lock, read(file, channel, type));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel channel(String option, Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw new InputException(
          option + ": '" + file + "' cannot be written; allowed: a folder that is writable.", e);
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Reads what is whole, and leaves the channel where the next line goes. */
  private static <T> Map<String, T> read(Path file, FileChannel channel, Class<T> type)
      throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Map<String, T> finished = new HashMap<>();
    text.lines().forEach(line -> read(line, type, finished));
    channel.position(channel.size());
    if (!text.isEmpty() && !text.endsWith("\n")) {
      write(channel, "\n");
    }
    return finished;
  }

  private static <T> void read(String line, Class<T> type, Map<String, T> finished) {
    try {
      JsonNode entry = JSON.readTree(line);
      JsonNode key = entry.path("key");
      JsonNode outcome = entry.path("outcome");
      if (key.isTextual() && outcome.isObject()) {
        finished.put(key.asText(), JSON.treeToValue(outcome, type));
      }
    } catch (JsonProcessingException e) {
      // Torn by the end of the process that wrote it: that piece is computed again.
    }
  }

  /** What is finished, by key. */
  public Map<String, T> finished() {
    return Collections.unmodifiableMap(finished);
  }

  /** Keeps a finished piece. After closing nothing is kept any more. */
  public synchronized void add(String key, T outcome) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      write(channel, JSON.writeValueAsString(new Entry<>(key, outcome)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be written.", e);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      channel.force(false);
      lock.release();
      channel.close();
    }
  }
}
