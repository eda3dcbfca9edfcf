package dev.anodyne.core.charging;

/**
 * How the cells of a battery are wired.
 *
 * @param series cells (or parallel groups) in series, ≥ 1
 * @param parallel cells in each parallel group, ≥ 1
 */
public record PackLayout(int series, int parallel) {
  /** One cell. */
  public static final PackLayout SINGLE_CELL = new PackLayout(1, 1);

  public PackLayout {
    if (series < 1 || parallel < 1) {
      throw new IllegalArgumentException(
          "Pack layout "
              + series
              + "s"
              + parallel
              + "p is not possible: both counts must be at least 1.");
    }
  }

  /** Battery current of a cell current, A. */
  public double packAmps(double cellAmps) {
    return cellAmps * parallel;
  }

  /** Mean cell current of a battery current, A. */
  public double cellAmps(double packAmps) {
    return packAmps / parallel;
  }

  @Override
  public String toString() {
    return series + "s" + parallel + "p";
  }
}
