package dev.anodyne.test.benchmark;

import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.SimulationTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the timed 1C discharge (the run that makes rows as well, whose steps are the same) to the
 * reference solution that the model's tests use (PyBaMM, 60 volumes a domain, 120 a particle; its
 * own error is 0.1 mV, 0.6 mV in the first 10 s).
 */
final class DischargeAccuracy {
  private static final String REFERENCE = "ref_chen_iso_1C_dis_nx60_nr120q.csv";
  private static final Pattern END = Pattern.compile("end t=([\\d.]+)");
  private static final double MOST_MILLIVOLTS = 1;
  private static final double MOST_SECONDS = 1;

  private DischargeAccuracy() {}

  /** The largest errors of the benchmark's own run, as lines of the table. */
  static List<Line> check() {
    RunBenchmark benchmark = new RunBenchmark();
    SimulationResult result = benchmark.dischargeWithRows();
    double end = result.termination().timeSeconds();
    if (benchmark.discharge().termination().timeSeconds() != end) {
      throw new IllegalStateException("Rows have changed the run that they belong to.");
    }
    List<String> lines = reference();
    Matcher endOfReference = END.matcher(lines.get(1));
    if (!endOfReference.find()) {
      throw new IllegalStateException(REFERENCE + " does not say when it ends.");
    }
    double late = end - Double.parseDouble(endOfReference.group(1));
    return List.of(
        Line.checked(
            Figures.DISCHARGE,
            "– its error of voltage, largest",
            "mV",
            MOST_MILLIVOLTS,
            1e3 * largest(result.table(), "Voltage [V]", lines, "V")),
        Line.checked(
            Figures.DISCHARGE,
            "– its error of anode potential, largest",
            "mV",
            MOST_MILLIVOLTS,
            1e3 * largest(result.table(), "Anode potential [V]", lines, "dphi_n_sep_V")),
        Line.checked(
            Figures.DISCHARGE,
            "– its error of the time of 2.5 V",
            "s",
            MOST_SECONDS,
            Math.abs(late)));
  }

  private static double largest(
      SimulationTable table, String column, List<String> lines, String referenceColumn) {
    List<String> header = List.of(lines.get(2).split(",", -1));
    int timeAt = header.indexOf("t_s");
    int valueAt = header.indexOf(referenceColumn);
    double[] seconds = table.column("Time [s]");
    double[] values = table.column(column);
    double largest = 0;
    int compared = 0;
    for (String line : lines.subList(3, lines.size())) {
      String[] cells = line.split(",", -1);
      int row = Arrays.binarySearch(seconds, Double.parseDouble(cells[timeAt]));
      if (row >= 0) {
        compared++;
        largest = Math.max(largest, Math.abs(values[row] - Double.parseDouble(cells[valueAt])));
      }
    }
    if (compared < 0.9 * (lines.size() - 3)) {
      throw new IllegalStateException(
          "Only " + compared + " of " + (lines.size() - 3) + " rows could be compared.");
    }
    return largest;
  }

  private static List<String> reference() {
    try (InputStream in = DischargeAccuracy.class.getResourceAsStream(REFERENCE)) {
      if (in == null) {
        throw new IllegalStateException(REFERENCE + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
