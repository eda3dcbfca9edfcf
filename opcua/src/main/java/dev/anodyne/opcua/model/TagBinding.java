package dev.anodyne.opcua.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;

/**
 * Where a tag lives on a server and how its numbers are to be read: {@code value = raw · scale +
 * offset} in the tag's unit.
 *
 * @param address the node
 * @param scale tag units per raw unit, not 0
 * @param offset added after scaling, in tag units
 * @param details what else is known about it
 */
public record TagBinding(NodeAddress address, double scale, double offset, Details details) {

  /**
   * What a mapping may say about a tag beyond its scale.
   *
   * @param checksUnit compare scale and offset with what the server says about the node's unit
   * @param writeType the data type that the server takes; empty: the server is asked
   * @param deadband changes smaller than this are not sent by the server, in tag units; 0: all are
   * @param staleness how long the tag's source may be silent; zero: only the heartbeat counts
   * @param valuesOnly only a changed value shows that the source lives, not a new time stamp: for
   *     servers that stamp old values anew
   * @param invalid raw numbers that mean "no value"
   */
  public record Details(
      boolean checksUnit,
      Optional<WireType> writeType,
      double deadband,
      Duration staleness,
      boolean valuesOnly,
      Set<Long> invalid) {
    /** Nothing is known. */
    public static final Details NONE =
        new Details(false, Optional.empty(), 0, Duration.ZERO, false, Set.of());

    public Details {
      invalid = Set.copyOf(invalid);
      if (!(deadband >= 0 && deadband < Double.POSITIVE_INFINITY) || staleness.isNegative()) {
        throw new IllegalArgumentException(
            "Deadband " + deadband + " and staleness " + staleness + " must not be negative.");
      }
    }
  }

  public TagBinding {
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "Scale "
              + scale
              + " and offset "
              + offset
              + " of "
              + address.text()
              + " are not usable: both must be finite and the scale must not be 0.");
    }
  }

  /** A node by its id. */
  public TagBinding(ExpandedNodeId node, double scale, double offset) {
    this(new NodeAddress.ById(node), scale, offset, Details.NONE);
  }

  /** A node whose numbers are in the tag's unit already. */
  public static TagBinding of(String namespaceUri, String identifier) {
    return new TagBinding(ExpandedNodeId.of(namespaceUri, identifier), 1, 0);
  }

  /** The same node with other details. */
  public TagBinding withDetails(Details newDetails) {
    return new TagBinding(address, scale, offset, newDetails);
  }

  /** A raw number of the server in the tag's unit. */
  public double fromRaw(double raw) {
    return raw * scale + offset;
  }

  /** A value in the tag's unit as the server's raw number. */
  public double toRaw(double value) {
    return (value - offset) / scale;
  }

  /**
   * A value as it is written: the nearest number of the type that does not mean more than the value
   * in the tag's unit. What the type cannot hold becomes its nearest end.
   *
   * @param value in the tag's unit
   * @param type what the server takes
   * @throws IllegalArgumentException when the value is not a number
   */
  public Object toWire(double value, WireType type) {
    double raw = toRaw(value);
    if (type != WireType.DOUBLE && type != WireType.FLOAT) {
      // 0.29/0.01 is a hair below 29: that hair is the double's, not a wish for 28.
      double nearest = Math.rint(raw);
      raw = Math.abs(raw - nearest) <= 4 * Math.ulp(raw) ? nearest : raw;
    }
    return scale > 0 ? type.atMost(raw) : type.atLeast(raw);
  }

  /** The highest value, in the tag's unit, that a type can carry. */
  public double highest(WireType type) {
    return Math.max(fromRaw(type.lowest()), fromRaw(type.highest()));
  }
}
