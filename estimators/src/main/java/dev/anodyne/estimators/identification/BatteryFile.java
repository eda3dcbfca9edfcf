package dev.anodyne.estimators.identification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * Reads and writes a {@link BatteryRecord}: JSON. Every failure is one line that names the file and
 * what is wrong with it.
 */
public final class BatteryFile {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 1;

  private static final String FORMAT = "anodyne-battery";
  private static final double ROUNDING = 1e-6;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BatteryFile() {}

  /**
   * Reads a battery's record.
   *
   * @param kind the kind of cell that the battery must be of
   * @throws IllegalArgumentException with a message for people
   */
  public static BatteryRecord read(Path file, CellParameters kind) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw damaged(file.toString(), "it is not a text file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Battery file " + file + " cannot be read.", e);
    }
    return parse(text, file.toString(), kind);
  }

  /** Writes a record; the file is complete or as it was before. */
  public static void write(BatteryRecord record, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, toJson(record), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalArgumentException("Battery file " + file + " cannot be written.", e);
    }
  }

  /** The record as text. */
  static String toJson(BatteryRecord record) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("cell", record.cell());
    root.put("nominalCapacity [A.h]", record.nominalAmpHours());
    ArrayNode history = root.putArray("history");
    for (BatteryRecord.Entry entry : record.entries()) {
      ObjectNode e = history.addObject();
      e.put("endedAt", entry.endedAt());
      e.put("sessions", entry.cell().sessions());
      e.put("rmseBefore [V]", entry.rmseBeforeVolts());
      e.put("rmseAfter [V]", entry.rmseAfterVolts());
      ObjectNode parameters = e.putObject("parameters");
      double[] mean = entry.cell().mean();
      for (IdentifiedParameter p : IdentifiedParameter.values()) {
        ObjectNode one = parameters.putObject(p.key());
        one.put("value", entry.cell().value(p));
        one.put("standardDeviation", entry.cell().standardDeviation(p));
        one.put("coordinate", mean[p.ordinal()]);
      }
      e.set("covariance", JSON.valueToTree(entry.cell().covariance()));
    }
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a record from text; {@code source} names it in errors. */
  static BatteryRecord parse(String text, String source, CellParameters kind) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw damaged(source, "it is not JSON (line " + e.getLocation().getLineNr() + ")", e);
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "Battery file "
              + source
              + " is none: \"format\" must be \""
              + FORMAT
              + "\".\nMaybe it is another kind of file; a charge with --battery writes one.");
    }
    checkVersion(root.path("version").asInt(-1), source);
    String cell = root.path("cell").asText();
    double ampHours = number(root, "nominalCapacity [A.h]", source);
    IdentifiedCell any = new IdentifiedCell(cell, ampHours, 0, new double[0], new double[0][0]);
    any.requireKind(kind, "Battery file " + source);
    List<BatteryRecord.Entry> entries = new ArrayList<>();
    JsonNode history = root.path("history");
    if (!history.isArray() || history.size() > BatteryRecord.MOST_ENTRIES) {
      throw damaged(
          source, "\"history\" must be a list of at most " + BatteryRecord.MOST_ENTRIES, null);
    }
    for (JsonNode e : history) {
      entries.add(entry(e, cell, ampHours, source));
    }
    return new BatteryRecord(cell, ampHours, entries);
  }

  private static void checkVersion(int version, String source) {
    if (version > VERSION) {
      throw new IllegalArgumentException(
          "Battery file "
              + source
              + " has version "
              + version
              + "; this program reads up to "
              + VERSION
              + ".\nMaybe it was written by a newer Anodyne: update.");
    }
    if (version < 1) {
      throw damaged(source, "\"version\" is missing or below 1", null);
    }
  }

  private static BatteryRecord.Entry entry(
      JsonNode e, String cell, double ampHours, String source) {
    int n = IdentifiedParameter.count();
    double[] mean = new double[n];
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      JsonNode one = e.path("parameters").path(p.key());
      double x = number(one, "coordinate", source + ", " + p.key());
      double value = number(one, "value", source + ", " + p.key());
      if (!(x >= p.least() - ROUNDING && x <= p.most() + ROUNDING)) {
        throw damaged(
            source,
            String.format(
                java.util.Locale.ROOT,
                "%s is %s; allowed: %.4g to %.4g",
                p.key(),
                value,
                p.value(p.least(), ampHours),
                p.value(p.most(), ampHours)),
            null);
      }
      if (Math.abs(value - p.value(x, ampHours)) > ROUNDING) {
        throw damaged(source, p.key() + "'s value and coordinate disagree", null);
      }
      mean[p.ordinal()] = x;
    }
    double[][] covariance = covariance(e.path("covariance"), n, source);
    int sessions = e.path("sessions").asInt(0);
    if (sessions < 1) {
      throw damaged(source, "\"sessions\" must be 1 or more", null);
    }
    return new BatteryRecord.Entry(
        e.path("endedAt").asText(),
        new IdentifiedCell(cell, ampHours, sessions, mean, covariance),
        number(e, "rmseBefore [V]", source),
        number(e, "rmseAfter [V]", source));
  }

  private static double[][] covariance(JsonNode rows, int n, String source) {
    double[][] c = new double[n][n];
    boolean usable = rows.size() == n;
    for (int i = 0; usable && i < n; i++) {
      usable = rows.get(i).size() == n;
      for (int j = 0; usable && j < n; j++) {
        c[i][j] = rows.get(i).get(j).asDouble(Double.NaN);
        usable = Double.isFinite(c[i][j]);
      }
    }
    try {
      if (usable) {
        usable =
            new CholeskyDecomposition(new Array2DRowRealMatrix(c), 1e-6, 0).getDeterminant() > 0;
      }
    } catch (MathIllegalArgumentException e) {
      usable = false;
    }
    if (!usable) {
      throw damaged(
          source,
          "\"covariance\" must be a symmetric, positive definite matrix of " + n + " by " + n,
          null);
    }
    return c;
  }

  private static double number(JsonNode node, String key, String source) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw damaged(source, "\"" + key + "\" must be a number", null);
    }
    return value.asDouble();
  }

  private static IllegalArgumentException damaged(
      String source, String what, @org.jspecify.annotations.Nullable Exception cause) {
    return new IllegalArgumentException(
        "Battery file "
            + source
            + " is damaged: "
            + what
            + ".\nMaybe delete it: the next charge identifies the battery anew.",
        cause);
  }
}
