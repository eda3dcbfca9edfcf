package dev.anodyne.opcua.model;

import dev.anodyne.core.charging.ChargerFault;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A number in which a charger says what is wrong. What a mapping does not name never vanishes: it
 * counts as {@link ChargerFault#VENDOR_ERROR}, unless the mapping says that it means nothing.
 */
public sealed interface FaultWord {
  /** The node that carries the number. */
  NodeAddress address();

  /** What the number says is wrong. */
  Set<ChargerFault> faultsIn(long word);

  /**
   * A word of which every bit has a meaning of its own.
   *
   * @param address the node
   * @param faults by mask: the fault stands when any bit of the mask is set
   * @param ignored bits that say nothing about faults
   */
  record Bits(NodeAddress address, Map<Long, ChargerFault> faults, long ignored)
      implements FaultWord {
    public Bits {
      faults = Map.copyOf(faults);
    }

    @Override
    public Set<ChargerFault> faultsIn(long word) {
      EnumSet<ChargerFault> found = EnumSet.noneOf(ChargerFault.class);
      long unnamed = word & ~ignored;
      for (Map.Entry<Long, ChargerFault> entry : faults.entrySet()) {
        if ((word & entry.getKey()) != 0) {
          found.add(entry.getValue());
        }
        unnamed &= ~entry.getKey();
      }
      if (unnamed != 0) {
        found.add(ChargerFault.VENDOR_ERROR);
      }
      return found;
    }
  }

  /**
   * A number that stands for one thing at a time.
   *
   * @param address the node
   * @param faults by number; empty: this number says that all is well
   */
  record Codes(NodeAddress address, Map<Long, Optional<ChargerFault>> faults) implements FaultWord {
    public Codes {
      faults = Map.copyOf(faults);
    }

    @Override
    public Set<ChargerFault> faultsIn(long word) {
      Optional<ChargerFault> known = faults.get(word);
      if (known == null) {
        return Set.of(ChargerFault.VENDOR_ERROR);
      }
      return known.map(Set::of).orElse(Set.of());
    }
  }
}
