package dev.anodyne.core.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A current over time, linear between its points. Two points at the same time are a jump.
 * Immutable.
 */
public final class CurrentProfile implements Load {
  static final String TIME = "Time [s]";
  static final String CURRENT = "Current [A]";

  private final double[] seconds;
  private final double[] amps;

  /**
   * @param seconds times, s, from the first on; never decreasing; copied
   * @param amps currents at these times, A, positive when charging; copied
   */
  public CurrentProfile(double[] seconds, double[] amps) {
    if (seconds.length < 2 || seconds.length != amps.length) {
      throw new ProtocolException(
          "A current profile needs at least two points and as many times as currents; it has "
              + seconds.length
              + " times and "
              + amps.length
              + " currents.");
    }
    this.seconds = seconds.clone();
    this.amps = amps.clone();
    for (int i = 0; i < seconds.length; i++) {
      if (!Double.isFinite(seconds[i]) || !Double.isFinite(amps[i])) {
        throw new ProtocolException("Current profile point " + (i + 1) + " is not finite.");
      }
      if (i > 0 && seconds[i] < seconds[i - 1]) {
        throw new ProtocolException(
            "Current profile time "
                + seconds[i]
                + " s at point "
                + (i + 1)
                + " is before the one above it, "
                + seconds[i - 1]
                + " s; times may not decrease.");
      }
    }
    if (!(seconds[seconds.length - 1] > seconds[0])) {
      throw new ProtocolException("A current profile must last longer than 0 s.");
    }
  }

  /**
   * Reads a CSV file with the columns {@code Time [s]} and {@code Current [A]}; other columns are
   * left alone, lines that begin with # are comments.
   *
   * @throws ProtocolException naming file, line and what is allowed
   * @throws IOException when the file cannot be read
   */
  public static CurrentProfile read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return parse(reader, file.toString());
    } catch (NoSuchFileException e) {
      ProtocolException missing =
          new ProtocolException(
              "Profile "
                  + file
                  + " does not exist.\nMaybe the path is relative to another folder.");
      missing.initCause(e);
      throw missing;
    }
  }

  static CurrentProfile parse(Reader source, String name) throws IOException {
    BufferedReader reader =
        source instanceof BufferedReader buffered ? buffered : new BufferedReader(source);
    Points points = new Points(name);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      points.line(line);
    }
    return points.profile();
  }

  /** Number of points. */
  public int length() {
    return seconds.length;
  }

  /** Time of a point after the first one, s. */
  public double secondsAt(int point) {
    return seconds[point] - seconds[0];
  }

  /** Current at a point, A. */
  public double ampsAt(int point) {
    return amps[point];
  }

  /** How long the profile lasts, s. */
  public double durationSeconds() {
    return secondsAt(seconds.length - 1);
  }

  /** Collects the points of a file. */
  private static final class Points {
    private final String name;
    private int lineNumber;
    private int timeColumn = -1;
    private int currentColumn = -1;
    private double[] seconds = new double[1024];
    private double[] amps = new double[1024];
    private int count;

    Points(String name) {
      this.name = name;
    }

    void line(String raw) {
      lineNumber++;
      String line = lineNumber == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
      if (line.isBlank() || line.startsWith("#")) {
        return;
      }
      List<String> cells =
          Stream.of(line.split(",", -1)).map(c -> c.strip().replaceAll("^\"|\"$", "")).toList();
      if (timeColumn < 0) {
        timeColumn = column(cells, TIME);
        currentColumn = column(cells, CURRENT);
        return;
      }
      if (count == seconds.length) {
        seconds = Arrays.copyOf(seconds, 2 * count);
        amps = Arrays.copyOf(amps, 2 * count);
      }
      seconds[count] = number(cells, timeColumn, TIME);
      amps[count] = number(cells, currentColumn, CURRENT);
      if (count > 0 && seconds[count] < seconds[count - 1]) {
        throw new ProtocolException(
            where()
                + TIME
                + " "
                + seconds[count]
                + " is before the line above; times may not decrease.");
      }
      count++;
    }

    private int column(List<String> header, String wanted) {
      int at = header.indexOf(wanted);
      if (at < 0) {
        throw new ProtocolException(
            where()
                + "column '"
                + wanted
                + "' is missing; found are "
                + header
                + ".\nMaybe the header line is missing or names its unit differently.");
      }
      return at;
    }

    private double number(List<String> cells, int column, String what) {
      String cell = column < cells.size() ? cells.get(column) : "";
      try {
        double value = Double.parseDouble(cell);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // reported below, with the value that is not a number
      }
      throw new ProtocolException(
          where()
              + what
              + " '"
              + cell
              + "' is not a finite number.\nMaybe a comma is the decimal mark.");
    }

    private String where() {
      return "Profile " + name + ", line " + lineNumber + ": ";
    }

    CurrentProfile profile() {
      if (count < 2) {
        throw new ProtocolException(
            "Profile " + name + " has " + count + " rows of data; it needs at least two.");
      }
      return new CurrentProfile(Arrays.copyOf(seconds, count), Arrays.copyOf(amps, count));
    }
  }
}
