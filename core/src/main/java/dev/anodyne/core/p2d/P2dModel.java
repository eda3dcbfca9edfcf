package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.CellParameters;

/** The discretised model of one cell. Immutable; share it between threads. */
public final class P2dModel {
  private final CellParameters cell;
  private final P2dOptions options;

  private P2dModel(CellParameters cell, P2dOptions options) {
    this.cell = cell;
    this.options = options;
  }

  /** Builds the model of a cell. */
  public static P2dModel of(CellParameters cell, P2dOptions options) {
    return new P2dModel(cell, options);
  }

  public CellParameters cell() {
    return cell;
  }

  public P2dOptions options() {
    return options;
  }

  /** A cell at rest. */
  public P2dState newState(double soc, double temperatureKelvin) {
    throw new UnsupportedOperationException("under construction");
  }

  /** Puts an existing state at rest. */
  public void initialise(P2dState state, double soc, double temperatureKelvin) {
    throw new UnsupportedOperationException("under construction");
  }

  public P2dWorkspace newWorkspace() {
    return new P2dWorkspace();
  }

  /** State of charge from the anode's mean stoichiometry, 0–1. */
  public double soc(P2dState state) {
    throw new UnsupportedOperationException("under construction");
  }

  /**
   * Moves lithium from cathode to anode by a change of state of charge; profiles keep their shape.
   */
  public void shiftSoc(P2dState state, double deltaSoc) {
    throw new UnsupportedOperationException("under construction");
  }

  public double temperatureKelvin(P2dState state) {
    throw new UnsupportedOperationException("under construction");
  }

  public void setTemperatureKelvin(P2dState state, double temperatureKelvin) {
    throw new UnsupportedOperationException("under construction");
  }
}
