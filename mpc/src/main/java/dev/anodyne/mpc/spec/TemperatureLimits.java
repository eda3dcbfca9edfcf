package dev.anodyne.mpc.spec;

import java.util.List;
import java.util.Locale;

/**
 * Limits of current and voltage by cell temperature: linear between the rows, constant before the
 * first and after the last. Cell makers give such tables because lithium plates in the cold and
 * side reactions run in the heat. Immutable.
 *
 * @param rows by rising temperature; empty: no limits
 */
public record TemperatureLimits(List<Row> rows) {
  /** No limits by temperature. */
  public static final TemperatureLimits NONE = new TemperatureLimits(List.of());

  /**
   * Limits at one temperature.
   *
   * @param temperatureKelvin cell temperature, K
   * @param maxCRate current limit in C, ≥ 0; +∞ for none
   * @param maxVoltageVolts cell voltage limit, V; +∞ for none
   */
  public record Row(double temperatureKelvin, double maxCRate, double maxVoltageVolts) {}

  /**
   * Checks the table.
   *
   * @throws IllegalArgumentException when temperatures do not rise, a number is not one, a limit
   *     stands in some rows only, or no row allows any current
   */
  public TemperatureLimits {
    rows = List.copyOf(rows);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean fits =
          Double.isFinite(row.temperatureKelvin())
              && row.maxCRate() >= 0
              && row.maxVoltageVolts() > 0;
      require(fits, i, "must have a finite temperature, a C-rate of at least 0, a voltage above 0");
      if (i > 0) {
        Row before = rows.get(i - 1);
        require(
            row.temperatureKelvin() > before.temperatureKelvin(),
            i,
            "must have a higher temperature than the row before");
        require(
            Double.isInfinite(row.maxCRate()) == Double.isInfinite(before.maxCRate())
                && Double.isInfinite(row.maxVoltageVolts())
                    == Double.isInfinite(before.maxVoltageVolts()),
            i,
            "must limit the same things as the other rows");
      }
    }
    if (!rows.isEmpty() && rows.stream().allMatch(row -> row.maxCRate() == 0)) {
      throw new IllegalArgumentException(
          "The limits by temperature leave 0 A at every temperature: nothing would be charged;"
              + " allowed: at least one row with a C-rate above 0.");
    }
  }

  /** Whether there are no limits by temperature. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The lowest C-rate limit of a range of temperatures: cells of a battery differ, and each counts.
   *
   * @param coldKelvin coldest cell, K
   * @param hotKelvin hottest cell, K
   * @return C; +∞ for no limit, NaN when a temperature is not a number
   */
  public double maxCRate(double coldKelvin, double hotKelvin) {
    return lowest(coldKelvin, hotKelvin, true);
  }

  /** The lowest voltage limit of a range of temperatures, V; as {@link #maxCRate}. */
  public double maxVoltageVolts(double coldKelvin, double hotKelvin) {
    return lowest(coldKelvin, hotKelvin, false);
  }

  /** A piecewise linear function is lowest at an end of the range or at a row within it. */
  private double lowest(double coldKelvin, double hotKelvin, boolean rate) {
    double low = Math.min(coldKelvin, hotKelvin);
    double high = Math.max(coldKelvin, hotKelvin);
    double lowest = Math.min(at(low, rate), at(high, rate));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.temperatureKelvin() > low && row.temperatureKelvin() < high) {
        lowest = Math.min(lowest, value(row, rate));
      }
    }
    return lowest;
  }

  private double at(double kelvin, boolean rate) {
    if (rows.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    if (Double.isNaN(kelvin)) {
      return Double.NaN;
    }
    Row before = rows.get(0);
    if (kelvin <= before.temperatureKelvin()) {
      return value(before, rate);
    }
    for (int i = 1; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (kelvin <= row.temperatureKelvin()) {
        double share =
            (kelvin - before.temperatureKelvin())
                / (row.temperatureKelvin() - before.temperatureKelvin());
        double from = value(before, rate);
        // Infinite in one row is infinite in all; the difference of infinities is not a number.
        return Double.isInfinite(from) ? from : from + share * (value(row, rate) - from);
      }
      before = row;
    }
    return value(before, rate);
  }

  private static double value(Row row, boolean rate) {
    return rate ? row.maxCRate() : row.maxVoltageVolts();
  }

  private static void require(boolean fits, int row, String what) {
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Row %d of the limits by temperature %s.", row + 1, what));
    }
  }
}
