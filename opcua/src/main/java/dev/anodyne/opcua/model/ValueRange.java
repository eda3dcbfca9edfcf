package dev.anodyne.opcua.model;

import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * The values a tag may have, both ends included, in the tag's unit.
 *
 * @param low smallest value
 * @param high largest value
 */
public record ValueRange(double low, double high) {
  public ValueRange {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Range " + low + " to " + high + " is empty: low must not be above high.");
    }
  }

  /** True when the value lies in the range; NaN never does. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** The OPC UA structure that says this range. */
  public Range toEuRange() {
    return new Range(low, high);
  }
}
