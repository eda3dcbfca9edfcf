package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.inspect.NameParts.Hint;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagType;
import dev.anodyne.opcua.model.ValueRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.jspecify.annotations.Nullable;

/**
 * Which node may carry which tag. Every pair is given points for what name, unit, range, type and
 * value say; the best pairs are taken first, and each node and each tag only once. What a server
 * itself contradicts (another unit, a range that does not meet the tag's, a set-point that cannot
 * be written) is never taken.
 */
final class TagGuesser {
  private static final int EXACT = 20;
  private static final int TOLD_UNIT = 3;
  private static final int NAMED_QUANTITY = 2;
  private static final int SAID = 3;
  private static final int SAID_ABOVE = 2;
  private static final int MISSING = -2;
  private static final int FOREIGN = -4;

  /** Less than a quantity and one word that fits is no guess but a coin's toss. */
  private static final int LEAST = 4;

  /** A second node so much behind is a rival. */
  private static final int RIVAL = 1;

  private static final Set<String> WHOLE =
      Set.of("SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64");
  private static final Set<String> BROKEN = Set.of("Float", "Double", "Number");

  private TagGuesser() {}

  /** A pair and its points. */
  private record Pair(ChargerTag tag, SpaceNode node, int score, boolean exact) {}

  /** The best node for every tag that has one. */
  static Map<ChargerTag, TagGuess> guess(List<SpaceNode> variables) {
    List<Pair> pairs = new ArrayList<>();
    for (SpaceNode node : variables) {
      for (ChargerTag tag : ChargerTag.values()) {
        Pair pair = pair(tag, node);
        if (pair != null && (pair.exact() || pair.score() >= LEAST)) {
          pairs.add(pair);
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Pair::score).reversed());
    Map<ChargerTag, Pair> taken = new EnumMap<>(ChargerTag.class);
    Set<ExpandedNodeId> used = new HashSet<>();
    for (Pair pair : pairs) {
      if (!taken.containsKey(pair.tag()) && used.add(pair.node().id())) {
        taken.put(pair.tag(), pair);
      }
    }
    Map<ChargerTag, TagGuess> guesses = new EnumMap<>(ChargerTag.class);
    taken.forEach((tag, pair) -> guesses.put(tag, guess(pair, rivals(pair, pairs, used))));
    return guesses;
  }

  /** Others for the same tag that nobody else wanted. */
  private static List<SpaceNode> rivals(Pair chosen, List<Pair> pairs, Set<ExpandedNodeId> used) {
    return pairs.stream()
        .filter(pair -> pair.tag() == chosen.tag() && !used.contains(pair.node().id()))
        .filter(pair -> pair.score() >= chosen.score() - RIVAL)
        .map(Pair::node)
        .toList();
  }

  private static @Nullable Pair pair(ChargerTag tag, SpaceNode node) {
    SpaceNode.Variable variable = node.variable().orElseThrow();
    boolean exact = isExact(tag, node);
    TagProfile profile = TagProfile.profiles().get(tag);
    if (ChargerTag.CLOCK.contains(tag) || profile == null && !exact) {
      return null;
    }
    if (!carries(tag, variable) || tag.isWritable() && !variable.writable()) {
      return null;
    }
    int score = exact ? EXACT : 0;
    NameParts name = NameParts.of(node.name());
    if (hasQuantity(tag)) {
      int points = quantity(tag, node, name);
      if (points < 0 || points == 0 && !exact) {
        return null;
      }
      score += points;
    } else {
      score += NAMED_QUANTITY; // its type fits
    }
    if (profile != null) {
      score += words(profile, name, above(node));
    }
    if (!tag.isWritable() && variable.writable()) {
      score += FOREIGN;
    }
    return new Pair(tag, node, score, exact);
  }

  private static boolean hasQuantity(ChargerTag tag) {
    return tag.type().isNumeric() && tag.unit() != EngineeringUnit.ONE;
  }

  /** Points for the quantity; 0 when nothing names it, below 0 when something contradicts. */
  private static int quantity(ChargerTag tag, SpaceNode node, NameParts name) {
    SpaceNode.Variable variable = node.variable().orElseThrow();
    Optional<MeasuringUnit> told = variable.unit().flatMap(MeasuringUnit::of);
    if (told.isPresent()) {
      boolean fits =
          told.get().base() == tag.unit()
              && variable.range().map(range -> meets(tag, range, told.get())).orElse(true);
      return fits ? TOLD_UNIT : -1;
    }
    return name.quantity().map(unit -> unit == tag.unit() ? NAMED_QUANTITY : -1).orElse(0);
  }

  private static boolean meets(ChargerTag tag, ValueRange range, MeasuringUnit unit) {
    double low = range.low() * unit.factor() + unit.offset();
    double high = range.high() * unit.factor() + unit.offset();
    return low <= tag.range().high() && high >= tag.range().low();
  }

  private static int words(TagProfile profile, NameParts name, Set<Hint> above) {
    int score = 0;
    for (Hint hint : Hint.values()) {
      boolean own = name.hints().contains(hint);
      boolean said = own || above.contains(hint);
      if (profile.wanted().contains(hint)) {
        score += own ? SAID : said ? SAID_ABOVE : MISSING;
      } else if (profile.welcome().contains(hint)) {
        score += said ? SAID_ABOVE : 0;
      } else {
        score += own ? FOREIGN : said ? MISSING : 0;
      }
    }
    return score;
  }

  /** What the names above a node say; the device's own name, right below Objects, says nothing. */
  private static Set<Hint> above(SpaceNode node) {
    EnumSet<Hint> hints = EnumSet.noneOf(Hint.class);
    for (int i = 1; i < node.path().size() - 1; i++) {
      hints.addAll(NameParts.of(node.path().get(i).name()).hints());
    }
    return hints;
  }

  private static boolean isExact(ChargerTag tag, SpaceNode node) {
    String[] wanted = tag.path().split("\\.", -1);
    List<NodeAddress.Step> path = node.path();
    if (path.size() < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      String name = path.get(path.size() - wanted.length + i).name();
      if (!wanted[i].equalsIgnoreCase(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean carries(ChargerTag tag, SpaceNode.Variable variable) {
    String type = variable.dataType();
    if (tag.type() == TagType.BOOLEAN) {
      return type.equals("Boolean") && !variable.array();
    }
    if (tag.type() == TagType.STRING_ARRAY) {
      return type.equals("String") && variable.array();
    }
    return !variable.array() && (WHOLE.contains(type) || !counts(tag) && BROKEN.contains(type));
  }

  private static boolean counts(ChargerTag tag) {
    return tag == ChargerTag.HEARTBEAT;
  }

  /** True for types of whole numbers. */
  static boolean isWhole(SpaceNode node) {
    return node.variable().map(v -> !v.array() && WHOLE.contains(v.dataType())).orElse(false);
  }

  private static TagGuess guess(Pair pair, List<SpaceNode> rivals) {
    List<String> why = new ArrayList<>();
    SpaceNode.Variable variable = pair.node().variable().orElseThrow();
    Optional<MeasuringUnit> told = variable.unit().flatMap(MeasuringUnit::of);
    UnitGuess unit = new UnitGuess(told, 1, true);
    why.add(pair.exact() ? "has the tag's own name" : "by its name");
    if (hasQuantity(pair.tag())) {
      unit = told.isPresent() ? unit : UnitGuess.of(pair.tag(), pair.node());
      why.add(
          told.isPresent()
              ? "the server tells " + told.get().symbol()
              : unit.text(pair.tag(), variable));
    }
    boolean sure = pair.exact() && unit.told() && rivals.isEmpty();
    return new TagGuess(pair.node(), pair.score(), sure, unit.unit(), unit.scale(), why, rivals);
  }
}
