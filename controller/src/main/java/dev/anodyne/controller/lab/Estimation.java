package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.identification.RecordedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs an estimator over a file of measurements of one cell. */
public final class Estimation {
  private static final List<String> INPUT_COLUMNS =
      List.of("Time [s]", "Current [A]", "Voltage [V]", "Temperature [K]");
  private static final List<String> OUTPUT_COLUMNS =
      List.of(
          "Time [s]",
          "State of charge",
          "Anode potential [V]",
          "Anode potential lower bound [V]",
          "Anode surface stoichiometry",
          "Cathode surface stoichiometry");
  private static final double MOST_VOLTS = 6;
  private static final double LEAST_KELVIN = 200;
  private static final double MOST_KELVIN = 400;
  private static final double LONGEST_PERIOD_SECONDS = 60;
  private static final double SHORTEST_PERIOD_SECONDS = 1e-3;

  private Estimation() {}

  /**
   * The measurements, one array a column.
   *
   * @param rows {@code {time s, current A, voltage V, temperature K}}, in order of time
   */
  public record Input(List<double[]> rows) {
    /** The same measurements, to identify the battery from. */
    public RecordedSession session() {
      RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
      for (double[] row : rows) {
        session.add(measurement(row));
      }
      return session;
    }

    /** Median time between samples, s; within what estimators accept. */
    public double typicalPeriodSeconds() {
      double[] steps = new double[rows.size() - 1];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = rows.get(i + 1)[0] - rows.get(i)[0];
      }
      Arrays.sort(steps);
      double median = steps.length == 0 ? 1 : steps[steps.length / 2];
      return Math.max(SHORTEST_PERIOD_SECONDS, Math.min(LONGEST_PERIOD_SECONDS, median));
    }
  }

  /**
   * What came of it.
   *
   * @param rows measurements
   * @param rowsWithoutEstimate rows for which there was no valid belief; their fields are empty
   * @param rowsOutOfRange rows that are flagged: inputs outside the estimator's training range, or
   *     doubtful
   * @param firstWithoutEstimateSeconds time of the first row without an estimate, s; NaN for none
   * @param firstOutOfRangeSeconds time of the first flagged row, s; NaN for none
   */
  public record Outcome(
      int rows,
      int rowsWithoutEstimate,
      int rowsOutOfRange,
      double firstWithoutEstimateSeconds,
      double firstOutOfRangeSeconds) {}

  /**
   * Reads a file of measurements; other columns are left alone.
   *
   * @throws InputException naming file, line, value and what is allowed
   */
  public static Input read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.isEmpty()) {
      throw new InputException(file + ": is empty; allowed: a header and rows.");
    }
    String header = lines.get(0).startsWith("\uFEFF") ? lines.get(0).substring(1) : lines.get(0);
    List<String> columns = Arrays.stream(header.split(",", -1)).map(Estimation::field).toList();
    int[] at = new int[INPUT_COLUMNS.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = columns.indexOf(INPUT_COLUMNS.get(i));
      if (at[i] < 0) {
        throw new InputException(
            file
                + ", line 1: column '"
                + INPUT_COLUMNS.get(i)
                + "' is missing; allowed: a header with "
                + String.join(", ", INPUT_COLUMNS)
                + ".");
      }
    }
    List<double[]> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(row(file, i + 1, lines.get(i).split(",", -1), at, rows));
      }
    }
    if (rows.isEmpty()) {
      throw new InputException(file + ": has no rows; allowed: at least one below the header.");
    }
    requireUnits(file, rows);
    return new Input(rows);
  }

  /** A column in another unit is one error, not a file of rows that no estimator can use. */
  private static void requireUnits(Path file, List<double[]> rows) {
    double volts = median(rows, 2);
    if (volts > MOST_VOLTS) {
      throw new InputException(
          file
              + ": Voltage [V] is mostly "
              + volts
              + "; allowed: the voltage of one cell, 0.5 to "
              + MOST_VOLTS
              + " V."
              + (volts > 500 ? "\nMaybe it is in mV." : "\nMaybe it is that of a whole battery."));
    }
    double kelvin = median(rows, 3);
    if (kelvin < LEAST_KELVIN || kelvin > MOST_KELVIN) {
      throw new InputException(
          file
              + ": Temperature [K] is mostly "
              + kelvin
              + "; allowed: "
              + LEAST_KELVIN
              + " to "
              + MOST_KELVIN
              + " K."
              + (kelvin > -60 && kelvin < 100 ? "\nMaybe it is in °C." : ""));
    }
  }

  private static double median(List<double[]> rows, int column) {
    double[] values = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
    return values[values.length / 2];
  }

  private static double[] row(
      Path file, int line, String[] fields, int[] at, List<double[]> before) {
    double[] row = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      String text = at[i] < fields.length ? field(fields[at[i]]) : "";
      try {
        row[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        row[i] = Double.NaN;
      }
      if (!Double.isFinite(row[i])) {
        throw new InputException(
            file
                + ", line "
                + line
                + ": "
                + INPUT_COLUMNS.get(i)
                + " '"
                + text
                + "' is not a number; allowed: a finite number.");
      }
    }
    if (!before.isEmpty() && row[0] < before.get(before.size() - 1)[0]) {
      throw new InputException(
          file
              + ", line "
              + line
              + ": Time [s] "
              + row[0]
              + " runs backwards; allowed: ascending.");
    }
    return row;
  }

  private static String field(String text) {
    return text.strip().replaceAll("^\"|\"$", "");
  }

  /** Runs the estimator and writes what it believes, complete or not at all. */
  public static Outcome run(Input input, StateEstimator estimator, Path out) throws IOException {
    int[] counts = new int[2];
    double[] first = {Double.NaN, Double.NaN};
    OutputFiles.write(
        out,
        writer -> {
          writer.append(String.join(",", OUTPUT_COLUMNS)).append('\n');
          double appliedAmps = 0;
          for (double[] row : input.rows()) {
            CellEstimate belief =
                estimator.update(
                    measurement(row),
                    // What was commanded is not recorded; the measured current is closest to it.
                    new CurrentCommand(Math.max(0, appliedAmps), row[2], Long.MAX_VALUE));
            appliedAmps = row[1];
            if (!belief.valid() || !belief.inRange()) {
              int kind = belief.valid() ? 1 : 0;
              first[kind] = counts[kind] == 0 ? row[0] : first[kind];
              counts[kind]++;
            }
            writer.append(line(row[0], belief)).append('\n');
          }
        });
    return new Outcome(input.rows().size(), counts[0], counts[1], first[0], first[1]);
  }

  private static Measurement measurement(double[] row) {
    return Measurement.ofCell(Math.round(row[0] * 1e9), row[1], row[2], row[3], Quality.GOOD);
  }

  private static String line(double seconds, CellEstimate belief) {
    String time = Trace.number(seconds);
    if (!belief.valid()) {
      return time + ",,,,,";
    }
    return String.join(
        ",",
        time,
        Trace.number(belief.soc()),
        Trace.number(belief.anodePotentialVolts()),
        Trace.number(belief.anodePotentialLowerBoundVolts()),
        Trace.number(belief.anodeSurfaceStoichiometry()),
        Trace.number(belief.cathodeSurfaceStoichiometry()));
  }
}
