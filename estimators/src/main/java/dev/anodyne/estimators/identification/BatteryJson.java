package dev.anodyne.estimators.identification;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.jspecify.annotations.Nullable;

/** The form of a {@link BatteryFile}: JSON, checked to the last number. */
final class BatteryJson {
  private static final String FORMAT = "anodyne-battery";
  private static final double ROUNDING = 1e-6;

  /** Deviations beyond this multiple of what is given to an unknown battery are not ours. */
  private static final double MOST_DEVIATION = 2;

  private static final double LEAST_DEVIATION = 1e-6;

  /** Version whose covariance knows no sensors. */
  private static final int WITHOUT_SENSORS = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BatteryJson() {}

  /** The record as text. */
  static String toText(BatteryRecord record) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", BatteryFile.VERSION);
    root.put("cell", record.cell());
    root.put("nominalCapacity [A.h]", record.nominalAmpHours());
    ArrayNode history = root.putArray("history");
    record.entries().forEach(entry -> put(entry, history.addObject()));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(BatteryRecord.Entry entry, ObjectNode e) {
    IdentifiedCell cell = entry.cell();
    e.put("endedAt", entry.endedAt());
    e.put("sessions", cell.sessions());
    e.put("rmseBefore [V]", entry.rmseBeforeVolts());
    e.put("rmseAfter [V]", entry.rmseAfterVolts());
    ObjectNode parameters = e.putObject("parameters");
    double[] mean = cell.mean();
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      ObjectNode one = parameters.putObject(p.key());
      one.put("value", cell.value(p));
      one.put("standardDeviation", cell.standardDeviation(p));
      one.put("coordinate", mean[p.ordinal()]);
    }
    ObjectNode sensors = e.putObject("sensors");
    sensors.put("name", cell.sensors().sensors());
    sensors.put("known", cell.sensors().isKnown());
    for (SensorBias b : SensorBias.values()) {
      ObjectNode one = sensors.putObject(b.key());
      one.put("value", cell.sensors().value(b));
      one.put("standardDeviation", cell.sensors().standardDeviation(b));
    }
    e.set("covariance", JSON.valueToTree(cell.jointCovariance()));
  }

  /** Reads a record from text; {@code source} names it in errors. */
  static BatteryRecord parse(String text, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " (line " + at.getLineNr() + ")";
      throw damaged(source, "it is not JSON" + line, e);
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "Battery file "
              + source
              + " is none: \"format\" must be \""
              + FORMAT
              + "\".\nMaybe it is another kind of file; a charge with --battery writes one.");
    }
    int version = version(root, source);
    String cell = name(root.path("cell"), "cell", 1, source);
    double ampHours = number(root, "nominalCapacity [A.h]", source);
    if (!(ampHours > 0)) {
      throw damaged(source, "\"nominalCapacity [A.h]\" must be above 0", null);
    }
    JsonNode history = root.path("history");
    if (!history.isArray() || history.size() > BatteryRecord.MOST_ENTRIES) {
      throw damaged(
          source, "\"history\" must be a list of at most " + BatteryRecord.MOST_ENTRIES, null);
    }
    List<BatteryRecord.Entry> entries = new ArrayList<>();
    for (JsonNode e : history) {
      entries.add(entry(e, version, cell, ampHours, source));
    }
    return new BatteryRecord(cell, ampHours, entries);
  }

  private static int version(JsonNode root, String source) {
    JsonNode given = root.path("version");
    double version = given.isNumber() ? given.asDouble() : 0;
    if (version > BatteryFile.VERSION) {
      throw new IllegalArgumentException(
          "Battery file "
              + source
              + " has version "
              + (long) version
              + "; this program reads up to "
              + BatteryFile.VERSION
              + ".\nMaybe it was written by a newer Anodyne: update.");
    }
    if (!(version >= 1) || version != Math.rint(version)) {
      throw damaged(source, "\"version\" must be a whole number from 1", null);
    }
    return (int) version;
  }

  private static BatteryRecord.Entry entry(
      JsonNode e, int version, String cell, double ampHours, String source) {
    int n = IdentifiedParameter.count();
    double[] mean = new double[n];
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      mean[p.ordinal()] = coordinate(e.path("parameters").path(p.key()), p, ampHours, source);
    }
    JsonNode sessions = e.path("sessions");
    if (!sessions.canConvertToInt() || !sessions.isInt() || sessions.asInt() < 1) {
      throw damaged(source, "\"sessions\" must be a whole number from 1", null);
    }
    boolean alone = version == WITHOUT_SENSORS;
    int size = alone ? n : n + SensorBias.count();
    double[][] all = covariance(e.path("covariance"), size, source);
    double[][] own = part(all, 0, 0, n, n);
    IdentifiedCell found =
        alone
            ? new IdentifiedCell(cell, ampHours, sessions.asInt(), mean, own)
            : new IdentifiedCell(
                cell,
                ampHours,
                sessions.asInt(),
                mean,
                own,
                sensors(e.path("sensors"), part(all, n, n, size - n, size - n), source),
                part(all, 0, n, n, size - n));
    return new BatteryRecord.Entry(
        endedAt(e, source),
        found,
        residual(e, "rmseBefore [V]", source),
        residual(e, "rmseAfter [V]", source));
  }

  private static double coordinate(
      JsonNode one, IdentifiedParameter p, double ampHours, String source) {
    double x = number(one, "coordinate", source + ", " + p.key());
    double value = number(one, "value", source + ", " + p.key());
    if (!(x >= p.least() - ROUNDING && x <= p.most() + ROUNDING)) {
      throw damaged(
          source,
          String.format(
              Locale.ROOT,
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
    return x;
  }

  private static SensorBelief sensors(JsonNode node, double[][] covariance, String source) {
    String name = name(node.path("name"), "sensors.name", 0, source);
    if (!node.path("known").isBoolean()) {
      throw damaged(source, "\"sensors.known\" must be true or false", null);
    }
    double[] mean = new double[SensorBias.count()];
    for (SensorBias b : SensorBias.values()) {
      double value = number(node.path(b.key()), "value", source + ", " + b.key());
      if (!(Math.abs(value) <= b.most() + ROUNDING)) {
        throw damaged(
            source, b.key() + " is " + value + "; allowed: -" + b.most() + " to " + b.most(), null);
      }
      mean[b.ordinal()] = value;
    }
    return new SensorBelief(name, node.path("known").asBoolean(), mean, covariance);
  }

  private static double[][] part(double[][] all, int row, int column, int rows, int columns) {
    double[][] part = new double[rows][];
    for (int i = 0; i < rows; i++) {
      part[i] = Arrays.copyOfRange(all[row + i], column, column + columns);
    }
    return part;
  }

  private static double[][] covariance(JsonNode rows, int n, String source) {
    double[][] c = new double[n][n];
    boolean usable = rows.isArray() && rows.size() == n;
    for (int i = 0; usable && i < n; i++) {
      usable = rows.get(i).isArray() && rows.get(i).size() == n;
      for (int j = 0; usable && j < n; j++) {
        c[i][j] = rows.get(i).get(j).asDouble();
        usable = rows.get(i).get(j).isNumber() && Double.isFinite(c[i][j]);
      }
      double deviation = Math.sqrt(c[i][i]) / givenDeviation(i);
      usable &= deviation >= LEAST_DEVIATION && deviation <= MOST_DEVIATION;
    }
    if (!usable || !isPositiveDefinite(c)) {
      throw damaged(
          source,
          "\"covariance\" must be a symmetric, positive definite matrix of "
              + n
              + " by "
              + n
              + ", no wider than a new battery's",
          null);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        c[i][j] = 0.5 * (c[i][j] + c[j][i]);
        c[j][i] = c[i][j];
      }
    }
    return c;
  }

  private static double givenDeviation(int i) {
    int n = IdentifiedParameter.count();
    return i < n ? IdentifiedParameter.at(i).priorSigma() : SensorBias.at(i - n).priorSigma();
  }

  private static boolean isPositiveDefinite(double[][] c) {
    try {
      var unused = new CholeskyDecomposition(new Array2DRowRealMatrix(c), ROUNDING, 0);
      return true;
    } catch (MathIllegalArgumentException e) {
      return false;
    }
  }

  private static String endedAt(JsonNode e, String source) {
    String text = e.path("endedAt").asText();
    try {
      return text.isEmpty() ? text : Instant.parse(text).toString();
    } catch (DateTimeParseException bad) {
      throw damaged(source, "\"endedAt\" must be a time such as 2026-01-31T12:00:00Z", bad);
    }
  }

  private static double residual(JsonNode e, String key, String source) {
    double volts = number(e, key, source);
    if (!(volts >= 0)) {
      throw damaged(source, "\"" + key + "\" must not be negative", null);
    }
    return volts;
  }

  /** A name that fits into a line of text. */
  private static String name(JsonNode node, String key, int shortest, String source) {
    String name = node.asText();
    boolean plain = name.chars().noneMatch(Character::isISOControl);
    if (!node.isTextual()
        || name.length() < shortest
        || name.length() > SensorBelief.LONGEST_NAME
        || !plain) {
      throw damaged(
          source,
          "\"" + key + "\" must be a name of at most " + SensorBelief.LONGEST_NAME + " characters",
          null);
    }
    return name;
  }

  private static double number(JsonNode node, String key, String source) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw damaged(source, "\"" + key + "\" must be a number", null);
    }
    return value.asDouble();
  }

  static IllegalArgumentException damaged(String source, String what, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Battery file "
            + source
            + " is damaged: "
            + what
            + ".\nMaybe delete it: the next charge identifies the battery anew.",
        cause);
  }
}
