package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.MeasuringUnit;
import java.util.List;
import java.util.Optional;

/**
 * A node that may carry a tag.
 *
 * @param node the node
 * @param score how well it fits; only comparable with others for the same tag
 * @param sure the server itself says so: the tag's own name and, for quantities, a unit
 * @param unit the unit that its numbers are taken to be in; empty: the tag's own
 * @param scale on top of that unit
 * @param why what speaks for it, and what is not known
 * @param rivals other nodes that fit nearly as well
 */
record TagGuess(
    SpaceNode node,
    int score,
    boolean sure,
    Optional<MeasuringUnit> unit,
    double scale,
    List<String> why,
    List<SpaceNode> rivals) {
  TagGuess {
    why = List.copyOf(why);
    rivals = List.copyOf(rivals);
  }
}
