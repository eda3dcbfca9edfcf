package dev.anodyne.core.p2d;

/**
 * State of one cell at one instant. Mutable, made once by {@link P2dModel#newState}, changed by
 * {@link P2dStepper}.
 */
public final class P2dState {
  private final double[] values;

  P2dState(int size) {
    values = new double[size];
  }

  /** The raw unknowns; their order is stated in {@link P2dModel}. Not copied. */
  public double[] values() {
    return values;
  }

  /**
   * Takes over every value of another state of the same model.
   *
   * @param other Not modified.
   */
  public void copyFrom(P2dState other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "A state of "
              + other.values.length
              + " unknowns does not fit one of "
              + values.length
              + ".\nMaybe the two come from models with different options.");
    }
    System.arraycopy(other.values, 0, values, 0, values.length);
  }
}
