package dev.anodyne.opcua.model;

import java.util.Set;

/**
 * A number in which a charger says whether a battery is plugged in and ready.
 *
 * @param address the node
 * @param mask the bits that count
 * @param values what these bits may be for a battery to be there
 */
public record ConnectedWord(NodeAddress address, long mask, Set<Long> values) {
  public ConnectedWord {
    values = Set.copyOf(values);
    for (long value : values) {
      if ((value & ~mask) != 0) {
        throw new IllegalArgumentException(
            "Value "
                + value
                + " of the connection has bits outside of its mask "
                + mask
                + ": it can never be seen.");
      }
    }
  }

  /** True when the number says that a battery is there. */
  public boolean isConnected(long word) {
    return values.contains(word & mask);
  }
}
