package dev.anodyne.controller.lab.study;

import dev.anodyne.core.cell.CellParameters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What to study.
 *
 * @param cell parameters that the controller believes in, heat transfer included
 * @param policy name, or a policy file
 * @param estimator name, or a model file
 * @param heatTransferWattsPerM2Kelvin that the controller believes in
 * @param numbers of the batteries; each is charged twice
 * @param periodSeconds time between decisions, s
 * @param seed of all that is drawn
 */
public record StudyRequest(
    CellParameters cell,
    String policy,
    String estimator,
    double heatTransferWattsPerM2Kelvin,
    List<Integer> numbers,
    double periodSeconds,
    long seed) {
  /** With a copy of the numbers. */
  public StudyRequest {
    numbers = List.copyOf(numbers);
  }

  /** Batteries in a row. */
  public StudyRequest(
      CellParameters cell,
      String policy,
      String estimator,
      double heatTransferWattsPerM2Kelvin,
      int batteries,
      int firstBattery,
      double periodSeconds,
      long seed) {
    this(
        cell,
        policy,
        estimator,
        heatTransferWattsPerM2Kelvin,
        IntStream.range(firstBattery, firstBattery + batteries).boxed().toList(),
        periodSeconds,
        seed);
  }

  /** How many batteries. */
  public int batteries() {
    return numbers.size();
  }
}
