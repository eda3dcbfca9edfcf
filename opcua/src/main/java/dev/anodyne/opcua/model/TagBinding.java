package dev.anodyne.opcua.model;

import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;

/**
 * Where a tag lives on a server and how its numbers are to be read: {@code value = raw · scale +
 * offset} in the tag's unit.
 *
 * @param node the node, with its namespace's URI (never its index, which differs between servers)
 * @param scale tag units per raw unit, not 0
 * @param offset added after scaling, in tag units
 */
public record TagBinding(ExpandedNodeId node, double scale, double offset) {
  public TagBinding {
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "Scale "
              + scale
              + " and offset "
              + offset
              + " of "
              + node.toParseableString()
              + " are not usable: both must be finite and the scale must not be 0.");
    }
  }

  /** A node whose numbers are in the tag's unit already. */
  public static TagBinding of(String namespaceUri, String identifier) {
    return new TagBinding(ExpandedNodeId.of(namespaceUri, identifier), 1, 0);
  }

  /** A raw number of the server in the tag's unit. */
  public double fromRaw(double raw) {
    return raw * scale + offset;
  }

  /** A value in the tag's unit as the server's raw number. */
  public double toRaw(double value) {
    return (value - offset) / scale;
  }
}
