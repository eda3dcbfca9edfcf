package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.StepSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A tariff: comma-separated, header {@code Time [min],Price [1/kWh]}, one line a step. A price
 * holds until the next line; the first one also before its time.
 */
public final class PriceFile {
  private static final String HEADER = "Time [min],Price [1/kWh]";

  private PriceFile() {}

  /**
   * Reads a tariff; its times become seconds.
   *
   * @throws InputException naming file, line and what is wrong
   */
  public static StepSeries read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException("--prices: '" + file + "' cannot be read.", e);
    }
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw wrong(file, 1, "the header must be \"" + HEADER + "\"");
    }
    double[] seconds = new double[lines.size() - 1];
    double[] prices = new double[lines.size() - 1];
    int count = 0;
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] parts = line.split(",", -1);
      if (parts.length != 2) {
        throw wrong(file, i + 1, "two numbers are needed, there are " + parts.length + " fields");
      }
      seconds[count] = 60.0 * number(file, i + 1, parts[0]);
      prices[count] = number(file, i + 1, parts[1]);
      if (count > 0 && seconds[count] <= seconds[count - 1]) {
        throw wrong(file, i + 1, "times must ascend");
      }
      count++;
    }
    if (count == 0) {
      throw wrong(file, 2, "there is no price");
    }
    return StepSeries.of(Arrays.copyOf(seconds, count), Arrays.copyOf(prices, count), prices[0]);
  }

  private static double number(Path file, int line, String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as are NaN and infinity.
    }
    throw wrong(file, line, String.format(Locale.ROOT, "'%s' is not a number", text.strip()));
  }

  private static InputException wrong(Path file, int line, String what) {
    return new InputException("--prices: " + file + ", line " + line + ": " + what + ".");
  }
}
