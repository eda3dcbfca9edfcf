package dev.anodyne.test.benchmark;

/**
 * What a step of fixed length costs in accuracy: the timed control steps against steps with error
 * control (0.04 mV a sub-step) under the same currents.
 */
final class ControlStepAccuracy {
  private ControlStepAccuracy() {}

  /**
   * The largest difference of voltage or anode potential at a step's end, as a line of the table.
   *
   * @param figure a figure of {@link ControlStepBenchmark#fixed}
   */
  static Line check(Figure figure) {
    ControlStepBenchmark fixed = prepared(figure);
    ControlStepBenchmark controlled = prepared(figure);
    double largest = 0;
    for (int k = 0; k < ControlStepBenchmark.STEPS; k++) {
      var taken = fixed.fixed();
      var outputs = controlled.adaptive();
      largest = Math.max(largest, Math.abs(taken.voltageVolts - outputs.voltageVolts));
      largest =
          Math.max(largest, Math.abs(taken.anodePotentialVolts - outputs.anodePotentialVolts));
    }
    return Line.checked(
        figure.name(), "– its difference to error control", "mV", Double.NaN, 1e3 * largest);
  }

  private static ControlStepBenchmark prepared(Figure figure) {
    ControlStepBenchmark benchmark = new ControlStepBenchmark();
    benchmark.seconds = Double.parseDouble(parameter(figure, "seconds"));
    benchmark.currents = parameter(figure, "currents");
    benchmark.mesh = parameter(figure, "mesh");
    benchmark.prepare();
    return benchmark;
  }

  private static String parameter(Figure figure, String name) {
    String value = figure.subject().parameters().get(name);
    if (value == null) {
      throw new IllegalArgumentException(figure.name() + " does not set " + name + ".");
    }
    return value;
  }
}
