package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reads and writes a {@link BatteryRecord}: JSON. Every failure is one line that names the file and
 * what is wrong with it, and a line of advice.
 */
public final class BatteryFile {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 2;

  /** A full record has 120 kB. */
  private static final int MOST_BYTES = 1_000_000;

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

  /**
   * Writes a record; the file is complete or as it was before.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static void write(BatteryRecord record, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, BatteryJson.toText(record), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalArgumentException("Battery file " + file + " cannot be written.", e);
    }
  }
}
