package dev.anodyne.controller.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A value of a file that is either given or drawn: a number, or {@code [low, high]}, from which
 * every seed draws its own evenly.
 *
 * @param low smallest value
 * @param high largest value
 */
record Between(double low, double high) {
  Between {
    if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high)) {
      throw new IllegalArgumentException(
          "[" + low + ", " + high + "] is no range; allowed: a number, or [low, high].");
    }
  }

  /** From a file's number or pair of numbers. */
  @JsonCreator
  static Between of(JsonNode node) {
    if (node.isNumber()) {
      return new Between(node.doubleValue(), node.doubleValue());
    }
    if (node.isArray() && node.size() == 2 && node.get(0).isNumber() && node.get(1).isNumber()) {
      return new Between(node.get(0).doubleValue(), node.get(1).doubleValue());
    }
    throw new IllegalArgumentException(
        "'" + node + "' is not a value; allowed: a number, or [low, high] to draw from.");
  }

  /** As it stands in a file. */
  @JsonValue
  Object toFile() {
    return low == high ? (Object) low : List.of(low, high);
  }

  /** One deviate is always taken, so that other draws stay where they are. */
  double draw(RandomGenerator random) {
    double share = random.nextDouble();
    return low == high ? low : low + share * (high - low);
  }

  /** Refuses values outside a range, both ends allowed. */
  void within(String key, double least, double most) {
    if (low < least || high > most) {
      throw new IllegalArgumentException(
          key + ": " + toFile() + " is not allowed; allowed: " + least + " to " + most + ".");
    }
  }
}
