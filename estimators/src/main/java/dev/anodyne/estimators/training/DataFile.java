package dev.anodyne.estimators.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Sessions on disk, so that another training need not simulate them again. The file begins with a
 * line that says what it was made from; a file made from anything else is ignored and replaced.
 */
final class DataFile {
  private DataFile() {}

  static Optional<List<SessionData>> read(Path file, String madeFrom) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16))) {
      if (!in.readUTF().equals(madeFrom)) {
        return Optional.empty();
      }
      int count = in.readInt();
      List<SessionData> sessions = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        SessionData s = new SessionData(in.readBoolean(), in.readBoolean(), in.readInt());
        s.hours = in.readDouble();
        s.rows = in.readInt();
        s.augmented = floats(in);
        s.learned = floats(in);
        s.columns = new double[s.rows * SessionData.COLUMNS];
        for (int k = 0; k < s.columns.length; k++) {
          s.columns[k] = in.readDouble();
        }
        sessions.add(s);
      }
      return Optional.of(sessions);
    } catch (IOException e) {
      return Optional.empty(); // Cut short or damaged: made again.
    }
  }

  static void write(Path file, String madeFrom, List<SessionData> sessions) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new GZIPOutputStream(Files.newOutputStream(part)), 1 << 16))) {
        out.writeUTF(madeFrom);
        out.writeInt(sessions.size());
        for (SessionData s : sessions) {
          out.writeBoolean(s.reference);
          out.writeBoolean(s.aged);
          out.writeInt(s.series);
          out.writeDouble(s.hours);
          out.writeInt(s.rows);
          floats(out, s.augmented);
          floats(out, s.learned);
          for (int k = 0; k < s.rows * SessionData.COLUMNS; k++) {
            out.writeDouble(s.columns[k]);
          }
        }
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Training data cannot be written to " + file, e);
    }
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static void floats(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }
}
