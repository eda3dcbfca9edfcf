package dev.anodyne.controller.lab.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.lab.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finished charges of a comparison, one JSON object a line, so that an interrupted comparison goes
 * on. A line is written at once when its charge is done; a killed process leaves at most a torn
 * last line, which is skipped. Numbers keep every digit. Thread-safe; one process at a time.
 */
final class Journal implements AutoCloseable {
  /** Beside the results. */
  static final String FILE = "journal.jsonl";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final FileChannel channel;
  private final FileLock lock;
  private final Map<String, CompareRow.Outcome> finished;

  /** One line. */
  private record Entry(@Nullable String key, CompareRow.@Nullable Outcome outcome) {}

  private Journal(FileChannel channel, FileLock lock, Map<String, CompareRow.Outcome> finished) {
    this.channel = channel;
    this.lock = lock;
    this.finished = finished;
  }

  /**
   * Opens the journal of a folder, or begins one.
   *
   * @throws InputException when another process writes it
   */
  static Journal open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = locked(channel);
      if (lock == null) {
        throw new InputException(
            "--report: another process compares into "
                + folder
                + "; allowed: a folder that nobody writes to.\nMaybe wait for it, or choose another"
                + " folder.");
      }
      return new Journal(channel, lock, read(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
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
  private static Map<String, CompareRow.Outcome> read(Path file, FileChannel channel)
      throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Map<String, CompareRow.Outcome> finished = new HashMap<>();
    text.lines().forEach(line -> read(line, finished));
    channel.position(channel.size());
    if (!text.isEmpty() && !text.endsWith("\n")) {
      write(channel, "\n");
    }
    return finished;
  }

  private static void read(String line, Map<String, CompareRow.Outcome> finished) {
    try {
      Entry entry = JSON.readValue(line, Entry.class);
      if (entry.key() != null && entry.outcome() != null) {
        finished.put(entry.key(), entry.outcome());
      }
    } catch (JsonProcessingException e) {
      // Torn by the end of the process that wrote it: that charge is computed again.
    }
  }

  /** What is finished, by key. */
  Map<String, CompareRow.Outcome> finished() {
    return Collections.unmodifiableMap(finished);
  }

  /** Keeps a finished charge. A failed one is not kept: next time may be better. */
  synchronized void add(CompareRow row) {
    CompareRow.Outcome outcome = row.outcome();
    if (outcome == null || !channel.isOpen()) {
      return;
    }
    try {
      write(channel, JSON.writeValueAsString(new Entry(row.key(), outcome)) + "\n");
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
