package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a {@link BatteryRecord}: JSON. Every failure is one line that names the file and
 * what is wrong with it, and a line of advice.
 *
 * <p>A reader sees a whole record at any time, also after a writer was killed. Writers wait for one
 * another, in this process and others: each holds the lock on {@code FILE.lock} beside the file,
 * which stays there (a lock on the file itself would be lost when the file is replaced).
 */
public final class BatteryFile {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 2;

  /** A full record has 120 kB. */
  private static final int MOST_BYTES = 1_000_000;

  /** Locks on files are held by a whole process: within it, this one counts. */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private BatteryFile() {}

  /**
   * Reads a battery's record.
   *
   * @param kind the kind of cell that the battery must be of
   * @throws IllegalArgumentException with a message for people
   */
  public static BatteryRecord read(Path file, CellParameters kind) {
    BatteryRecord record = read(file);
    record.requireKind(kind, "Battery file " + file);
    return record;
  }

  /**
   * Reads a battery's record, of whatever kind of cell.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static BatteryRecord read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Battery file "
              + file
              + " does not exist.\nMaybe the name is misspelt; a charge with --battery writes one.",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Battery file " + file + " cannot be read.", e);
    }
    if (bytes.length > MOST_BYTES) {
      throw BatteryJson.damaged(
          file.toString(), "it is larger than " + MOST_BYTES + " bytes", null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return BatteryJson.parse(text, file.toString());
    } catch (CharacterCodingException e) {
      throw BatteryJson.damaged(file.toString(), "it is not a text file", e);
    }
  }

  /** A record as the text of its file. */
  public static String text(BatteryRecord record) {
    return BatteryJson.toText(record);
  }

  /**
   * Writes a record; the file is complete or as it was before.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static void write(BatteryRecord record, Path file) {
    locked(
        file,
        () -> {
          replace(record, file);
          return record;
        });
  }

  /**
   * Reads, changes and writes a record while nobody else writes it. Nothing is written when the
   * change gives the same record.
   *
   * @param kind the kind of cell that the battery must be of
   * @param change from the file's record (of an unknown battery when there is no file yet) to the
   *     new one; may take seconds
   * @return what the file now holds
   * @throws IllegalArgumentException with a message for people
   */
  public static BatteryRecord update(
      Path file, CellParameters kind, UnaryOperator<BatteryRecord> change) {
    return locked(
        file,
        () ->
            change(
                Files.exists(file) ? read(file, kind) : BatteryRecord.unknown(kind), file, change));
  }

  /**
   * As {@link #update(Path, CellParameters, UnaryOperator)}, of a file that exists, of whatever
   * kind of cell.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static BatteryRecord update(Path file, UnaryOperator<BatteryRecord> change) {
    read(file); // Says that there is none before a lock is put beside it.
    return locked(file, () -> change(read(file), file, change));
  }

  private static BatteryRecord change(
      BatteryRecord before, Path file, UnaryOperator<BatteryRecord> change) throws IOException {
    BatteryRecord after = change.apply(before);
    if (after != before) {
      replace(after, file);
    }
    return after;
  }

  private interface Work {
    BatteryRecord run() throws IOException;
  }

  private static BatteryRecord locked(Path file, Work work) {
    IN_PROCESS.lock();
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path beside = file.resolveSibling(file.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return lock.isValid() ? work.run() : fail(file, null);
      }
    } catch (IOException e) {
      return fail(file, e);
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private static BatteryRecord fail(Path file, @Nullable IOException cause) {
    throw new IllegalArgumentException("Battery file " + file + " cannot be written.", cause);
  }

  /** With the lock held: what a killed writer has left of its part is overwritten. */
  private static void replace(BatteryRecord record, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(BatteryJson.toText(record));
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
}
