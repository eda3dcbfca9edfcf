package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.signal.Sensor;
import dev.anodyne.core.signal.SensorErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * A charge that another code has solved, read by standard sensors: a truth that shares neither
 * equations nor numerics with any twin. It begins under load at 2C, at 25 °C with the cell's own
 * heat transfer, and plates deeply at its end: harder than what a controller lets happen.
 */
final class OtherCode {
  /** Name of the stratum. */
  static final String NAME = "other-code";

  /** The cell that it was solved for. */
  static final String CELL = "lgm50";

  static final double PERIOD_SECONDS = 5;
  static final double AMBIENT_KELVIN = 298.15;

  /** W/m²K: the parameter set's own. */
  static final double HEAT_TRANSFER = 10;

  static final String CONDITIONS = "1s1p, 25 °C, 2C, from 10 %";

  private static final String FILE = "ref_okane_full_analyticOCP_2C_chg_nx40_nr80q.csv";
  private static final List<String> COLUMNS = List.of("t_s", "I_chg_A", "V", "T_K", "dphi_n_sep_V");

  /** State of charge at the start and the charge between 0 and 1, A·h, as solved (C/200). */
  private static final double START_SOC = 0.1;

  private static final double CAPACITY_AMP_HOURS = 5.145;

  private OtherCode() {}

  /** The charge with noise that a seed fixes; stoichiometries are not in the file. */
  static SessionTape tape(int seed) {
    SplittableGenerator random = Draws.of(NAME, seed, 1);
    Sensor amps = new Sensor(SensorErrors.STANDARD.current(), random.split());
    Sensor volts = new Sensor(SensorErrors.STANDARD.voltage(), random.split());
    Sensor kelvin = new Sensor(SensorErrors.STANDARD.temperature(), random.split());
    SessionTape tape = new SessionTape();
    for (double[] row : rows()) {
      long t = Math.round(row[0] * 1e9);
      double nan = Double.NaN;
      double soc = START_SOC + row[1] * row[0] / (3600 * CAPACITY_AMP_HOURS);
      tape.add(
          Measurement.ofCell(
              t, amps.read(row[1], t), volts.read(row[2], t), kelvin.read(row[3], t), Quality.GOOD),
          new Truth(row[0], row[1], soc, row[4], nan, nan, nan, nan, row[3]));
    }
    return tape;
  }

  private static List<double[]> rows() {
    try (InputStream in = OtherCode.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("Resource " + FILE + " is not on the class path.");
      }
      List<String> lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .lines()
              .filter(l -> !l.startsWith("#"))
              .toList();
      List<String> header = Arrays.asList(lines.get(0).split(","));
      int[] at = COLUMNS.stream().mapToInt(header::indexOf).toArray();
      return lines.stream().skip(1).map(l -> row(l.split(","), at)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] row(String[] fields, int[] at) {
    return Arrays.stream(at).mapToDouble(i -> Double.parseDouble(fields[i])).toArray();
  }
}
