package dev.anodyne.controller.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tariff: comma-separated, one line a step, after a header that tells what times are: {@code Time
 * [min],Price [1/kWh]} counts from the start of a charge, {@code Time of day,Price [1/kWh]} is the
 * station's clock, every day alike. A price holds until the next line; the first one of minutes
 * also before its time.
 */
public final class TariffFile {
  /** Header of times from the start of a charge. */
  public static final String BY_MINUTES = "Time [min],Price [1/kWh]";

  /** Header of times of day. */
  public static final String BY_TIME_OF_DAY = "Time of day,Price [1/kWh]";

  private TariffFile() {}

  /**
   * Reads a tariff.
   *
   * @throws IllegalArgumentException naming file, line and what is wrong
   */
  public static Steps read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + file + "' cannot be read", e);
    }
    String header = lines.isEmpty() ? "" : lines.get(0).strip();
    boolean byDay = header.equals(BY_TIME_OF_DAY);
    if (!byDay && !header.equals(BY_MINUTES)) {
      throw wrong(
          file, 1, "the header must be \"" + BY_MINUTES + "\" or \"" + BY_TIME_OF_DAY + "\"", null);
    }
    List<Steps.Step> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        steps.add(step(file, i + 1, line, byDay));
      }
    }
    try {
      return new Steps(steps);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Steps.Step step(Path file, int number, String line, boolean byDay) {
    String[] parts = line.split(",", -1);
    if (parts.length != 2) {
      throw wrong(
          file, number, "two values are needed, there are " + parts.length + " fields", null);
    }
    Moment from;
    try {
      from = Moment.of(parts[0]);
    } catch (IllegalArgumentException e) {
      throw wrong(file, number, String.valueOf(e.getMessage()), e);
    }
    if (from.isTimeOfDay() != byDay) {
      throw wrong(
          file,
          number,
          "'" + parts[0].strip() + "' is not " + (byDay ? "a time of day" : "a number of minutes"),
          null);
    }
    try {
      double price = Double.parseDouble(parts[1].strip());
      if (Double.isFinite(price)) {
        return new Steps.Step(from, price);
      }
    } catch (NumberFormatException e) {
      throw wrong(file, number, "'" + parts[1].strip() + "' is not a number", e);
    }
    throw wrong(file, number, "'" + parts[1].strip() + "' is not a finite number", null);
  }

  private static IllegalArgumentException wrong(
      Path file, int line, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(file + ", line " + line + ": " + what, cause);
  }
}
