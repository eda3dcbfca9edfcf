package dev.anodyne.core.cell;

/** Everything the model needs to know about a cell. Immutable. */
public final class CellParameters {
  private CellParameters() {}

  /**
   * A shipped set by name ({@code lgm50}, {@code chen2020}, {@code okane2022} …) or a BPX file's
   * path.
   */
  public static CellParameters load(String nameOrPath) {
    throw new UnsupportedOperationException("under construction");
  }

  public String name() {
    throw new UnsupportedOperationException("under construction");
  }

  public double nominalCapacityAmpHours() {
    throw new UnsupportedOperationException("under construction");
  }

  public double lowerCutOffVolts() {
    throw new UnsupportedOperationException("under construction");
  }

  public double upperCutOffVolts() {
    throw new UnsupportedOperationException("under construction");
  }

  /** This cell made a little different: production spread, ageing, model mismatch. */
  public CellParameters with(CellVariation variation) {
    throw new UnsupportedOperationException("under construction");
  }

  /** This cell with another heat transfer coefficient, W/m²K over its cooling area. */
  public CellParameters withHeatTransfer(double wattsPerM2Kelvin) {
    throw new UnsupportedOperationException("under construction");
  }
}
