package dev.anodyne.controller.lab;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;

/** {@code trace.csv}: one row a control period. */
public final class Trace {
  /** The columns, in order; scripts rely on them. */
  public static final List<String> COLUMNS =
      List.of(
          "Time [s]",
          "Current [A]",
          "Voltage [V]",
          "Temperature [K]",
          "State of charge",
          "Anode potential [V]",
          "Estimated anode potential [V]",
          "Anode potential lower bound [V]",
          "Decision",
          "Active constraint",
          "Solve time [ms]");

  /** Nine digits: a nanovolt in a volt, and no noise of the binary representation. */
  private static final MathContext DIGITS = new MathContext(9);

  private Trace() {}

  /** Writes the file, complete or not at all. */
  public static void write(Path file, List<TraceRow> rows) throws IOException {
    OutputFiles.write(file, writer -> writeTo(writer, rows));
  }

  static void writeTo(Writer writer, List<TraceRow> rows) throws IOException {
    writer.append(String.join(",", COLUMNS)).append('\n');
    for (TraceRow row : rows) {
      for (double value : numbers(row)) {
        writer.append(number(value)).append(',');
      }
      writer.append(row.decision().name()).append(',');
      writer.append(row.activeConstraint().name()).append(',');
      writer.append(number(row.solveMillis())).append('\n');
    }
  }

  private static double[] numbers(TraceRow row) {
    return new double[] {
      row.timeSeconds(),
      row.chargeCurrentAmps(),
      row.voltageVolts(),
      row.temperatureKelvin(),
      row.soc(),
      row.anodePotentialVolts(),
      row.estimatedAnodePotentialVolts(),
      row.anodePotentialLowerBoundVolts()
    };
  }

  /** A number for a CSV field; empty when there is none. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
