package dev.anodyne.core.protocol;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;

/**
 * One simulation of a cell.
 *
 * @param cell the cell, heat transfer included
 * @param options physics and resolution
 * @param load what is done to it
 * @param initialSoc state of charge at the start, at rest, 0–1
 * @param ambientKelvin temperature of the surroundings, and of the cell at the start, K
 * @param cycles how often the load is repeated, ≥ 1
 * @param periodSeconds time between output rows, s; each step's end has a row of its own
 * @param voltageParts whether the rows also tell what the voltage is made of
 */
public record SimulationRequest(
    CellParameters cell,
    P2dOptions options,
    Load load,
    double initialSoc,
    double ambientKelvin,
    int cycles,
    double periodSeconds,
    boolean voltageParts) {

  public SimulationRequest {
    require(initialSoc >= 0 && initialSoc <= 1, "initial state of charge", initialSoc, "0–1");
    require(
        ambientKelvin > 150 && ambientKelvin < 500,
        "ambient temperature",
        ambientKelvin,
        "150–500 K");
    require(cycles >= 1, "number of cycles", cycles, "1 or more");
    require(
        periodSeconds >= 1e-3 && periodSeconds < Double.POSITIVE_INFINITY,
        "output period",
        periodSeconds,
        "0.001 s or more");
  }

  /** Without the voltage's parts. */
  public SimulationRequest(
      CellParameters cell,
      P2dOptions options,
      Load load,
      double initialSoc,
      double ambientKelvin,
      int cycles,
      double periodSeconds) {
    this(cell, options, load, initialSoc, ambientKelvin, cycles, periodSeconds, false);
  }

  /** One pass over a load with a row each second. */
  public static SimulationRequest of(
      CellParameters cell, P2dOptions options, Load load, double initialSoc, double ambientKelvin) {
    return new SimulationRequest(cell, options, load, initialSoc, ambientKelvin, 1, 1.0);
  }

  public SimulationRequest withCycles(int newCycles) {
    return new SimulationRequest(
        cell, options, load, initialSoc, ambientKelvin, newCycles, periodSeconds, voltageParts);
  }

  public SimulationRequest withPeriodSeconds(double seconds) {
    return new SimulationRequest(
        cell, options, load, initialSoc, ambientKelvin, cycles, seconds, voltageParts);
  }

  /** The same with a column for each part of the voltage. */
  public SimulationRequest withVoltageParts() {
    return new SimulationRequest(
        cell, options, load, initialSoc, ambientKelvin, cycles, periodSeconds, true);
  }

  private static void require(boolean holds, String what, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Simulation " + what + " " + value + " is not allowed; it must be " + allowed + ".");
    }
  }
}
