package dev.anodyne.hil.report;

import dev.anodyne.hil.scenario.Aliases;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trace as CSV: {@code Time [s]} and one column a channel, units in the header. Numbers have as
 * many digits as it takes to read the same ones again.
 */
public final class TraceCsv {
  private static final String TIME = "Time [s]";

  private TraceCsv() {}

  /** Writes all channels; short names only where they are not there under their own. */
  public static void write(Trace trace, Writer out) throws IOException {
    List<String> names =
        trace.names().stream().filter(name -> !Aliases.ALL.containsKey(name)).toList();
    StringBuilder line = new StringBuilder(TIME);
    for (String name : names) {
      String unit = trace.unit(name).symbol();
      line.append(',').append(name).append(unit.isEmpty() ? "" : " [" + unit + "]");
    }
    out.write(line.append('\n').toString());
    for (int i = 0; i < trace.length(); i++) {
      line.setLength(0);
      line.append(trace.time(i));
      for (String name : names) {
        line.append(',').append(trace.values(name)[i]);
      }
      out.write(line.append('\n').toString());
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws ScenarioException when it is something else
   */
  public static Trace read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.get(0).startsWith(TIME)) {
      throw new ScenarioException(
          file + ": is no recording of a run; allowed: ID.csv of 'hil run --report'.");
    }
    String[] header = lines.get(0).split(",", -1);
    double[][] columns = new double[header.length][lines.size() - 1];
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != header.length) {
        throw new ScenarioException(
            file
                + ", line "
                + (i + 1)
                + ": "
                + cells.length
                + " values for "
                + header.length
                + " columns.\nMaybe the file was cut.");
      }
      for (int j = 0; j < header.length; j++) {
        columns[j][i - 1] = number(file, i + 1, cells[j]);
      }
    }
    Trace trace = new Trace(columns[0]);
    for (int j = 1; j < header.length; j++) {
      int bracket = header[j].lastIndexOf(" [");
      String name = bracket < 0 ? header[j] : header[j].substring(0, bracket);
      String unit = bracket < 0 ? "" : header[j].substring(bracket + 2, header[j].length() - 1);
      trace.with(name, unit, columns[j]);
    }
    return trace;
  }

  private static double number(Path file, int line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new ScenarioException(
          file + ", line " + line + ": '" + text + "' is not possible; allowed: a number.", e);
    }
  }
}
