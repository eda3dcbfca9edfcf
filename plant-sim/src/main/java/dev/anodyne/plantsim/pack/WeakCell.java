package dev.anodyne.plantsim.pack;

/**
 * The cell that is the furthest out in one respect, and what makes it so.
 *
 * @param quantity in which respect
 * @param cellIndex its number: series position · parallel + parallel position
 * @param series its series position, from 0
 * @param parallel its parallel position, from 0
 * @param value the cell's value, in the quantity's unit
 * @param mean mean of all cells, in the same unit
 * @param reason how the cell differs the most from the others, in words
 */
public record WeakCell(
    Quantity quantity,
    int cellIndex,
    int series,
    int parallel,
    double value,
    double mean,
    String reason) {

  /** In which respect a cell is the weakest. */
  public enum Quantity {
    /** Lowest anode potential: plates first, V. */
    ANODE_POTENTIAL("lowest anode potential", "V", -1),
    /** Lowest voltage: ends a discharge, V. */
    LOW_VOLTAGE("lowest voltage", "V", -1),
    /** Highest voltage: ends a charge, V. */
    HIGH_VOLTAGE("highest voltage", "V", 1),
    /** Highest temperature, K. */
    TEMPERATURE("highest temperature", "K", 1),
    /** Lowest state of charge, 0–1. */
    LOW_SOC("lowest state of charge", "", -1),
    /** Highest state of charge, 0–1. */
    HIGH_SOC("highest state of charge", "", 1);

    private final String words;
    private final String unit;
    private final int direction;

    Quantity(String words, String unit, int direction) {
      this.words = words;
      this.unit = unit;
      this.direction = direction;
    }

    /** +1 when the highest value is the weakest, −1 when the lowest is. */
    int direction() {
      return direction;
    }
  }

  /** One sentence for a log: which cell, in which respect, by how much, and why. */
  public String describe() {
    return String.format(
        java.util.Locale.ROOT,
        "cell %d (group %d, position %d) has the %s: %.4f%s, %+.4f from the mean; %s",
        cellIndex,
        series,
        parallel,
        quantity.words,
        value,
        quantity.unit.isEmpty() ? "" : " " + quantity.unit,
        value - mean,
        reason);
  }
}
