package dev.anodyne.hil.stl;

/**
 * A stretch of time relative to now.
 *
 * @param from its start, at least 0
 * @param to its end, not before the start
 */
public record Window(Quantity from, Quantity to) {
  public Window {
    requireTime(from);
    requireTime(to);
    if (!(from.base() >= 0 && to.base() >= from.base() && Double.isFinite(to.base()))) {
      throw new IllegalArgumentException(
          "The interval ["
              + from
              + ", "
              + to
              + "] is not possible; allowed: 0 <= start <= end, both finite.");
    }
  }

  /** From now on, for so long. */
  public static Window upTo(Quantity end) {
    return new Window(Quantity.seconds(0), end);
  }

  private static void requireTime(Quantity quantity) {
    if (!quantity.unit().dimension().equals(Unit.SECOND.dimension())) {
      throw new IllegalArgumentException(
          "'" + quantity + "' is not a time; allowed: ms, s, min, h.");
    }
  }

  @Override
  public String toString() {
    boolean plain = from.unit().equals(Unit.SECOND) && to.unit().equals(Unit.SECOND);
    return plain
        ? "[" + Quantity.number(from.value()) + "," + Quantity.number(to.value()) + "]"
        : "[" + from + "," + to + "]";
  }
}
