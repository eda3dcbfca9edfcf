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

  /**
   * Moves on along the line from another state of the same model: x += share · (x − before). Both
   * must be ends of the same sub-steps ({@link P2dStepper#repeat}); what is linear in the held
   * quantity, such as lithium in the current, stays exact.
   *
   * @param before Not modified.
   * @param share how far, as a share of the distance between the two
   */
  public void extrapolate(P2dState before, double share) {
    if (before.values.length != values.length) {
      throw new IllegalArgumentException(
          "A state of "
              + before.values.length
              + " unknowns is not on a line with one of "
              + values.length
              + ".\nMaybe the two come from models with different options.");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] += share * (values[i] - before.values[i]);
    }
  }
}
