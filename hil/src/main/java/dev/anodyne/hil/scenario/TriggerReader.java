package dev.anodyne.hil.scenario;

import dev.anodyne.hil.scenario.Trigger.Condition;
import dev.anodyne.hil.scenario.Trigger.Edge;
import dev.anodyne.hil.stl.Formula;
import dev.anodyne.hil.stl.FormulaCheck;
import dev.anodyne.hil.stl.Present;
import dev.anodyne.hil.stl.StlException;
import dev.anodyne.hil.stl.StlParser;
import dev.anodyne.hil.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads triggers and formulas and holds them against the channels. */
final class TriggerReader {
  /** The keys of a block that has a trigger, of which at most one may be there. */
  static final List<String> KEYS = List.of("at", "when", "trigger");

  private final ChannelTable channels;
  private final double endSeconds;

  /**
   * @param endSeconds how long the scenario lasts: nothing begins after it
   */
  TriggerReader(ChannelTable channels, double endSeconds) {
    this.channels = channels;
    this.endSeconds = endSeconds;
  }

  /** The trigger of a block: at a time, on a condition, or groups of conditions. */
  Trigger of(YamlNode block) {
    YamlNode at = block.get("at");
    YamlNode when = block.get("when");
    YamlNode groups = block.get("trigger");
    int given = (at == null ? 0 : 1) + (when == null ? 0 : 1) + (groups == null ? 0 : 1);
    if (given > 1) {
      throw block.wrong("'at', 'when' and 'trigger' exclude each other; allowed: one of them.");
    }
    if (at != null) {
      double seconds = at.seconds(0);
      if (seconds >= endSeconds) {
        throw at.notAllowed("a time before the scenario's end at " + endSeconds + " s");
      }
      return Trigger.at(seconds);
    } else if (when != null) {
      return new Trigger(List.of(List.of(condition(when))));
    }
    return groups == null ? Trigger.AT_START : groups(groups);
  }

  private Trigger groups(YamlNode node) {
    YamlNode any = node.isMap() ? node.only(List.of("anyOf")).need("anyOf", "a list") : node;
    List<List<Condition>> groups =
        any.list().stream()
            .map(group -> group.list().stream().map(this::condition).toList())
            .toList();
    return new Trigger(groups);
  }

  private Condition condition(YamlNode node) {
    if (!node.isMap()) {
      return new Condition(timeless(node), Edge.LEVEL, 0);
    }
    node.only(List.of("when", "edge", "delay"));
    List<String> edges = List.of("level", "rising", "falling");
    String edge = node.or("edge", e -> e.word(edges), "level");
    return new Condition(
        timeless(node.need("when", "a comparison of channels")),
        Edge.valueOf(edge.toUpperCase(Locale.ROOT)),
        node.or("delay", d -> d.seconds(0), 0.0));
  }

  private Formula timeless(YamlNode node) {
    Formula formula = formula(node);
    try {
      return Present.requireTimeless(formula);
    } catch (StlException e) {
      throw node.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** A formula whose channels, faults and dimensions are in order. */
  Formula formula(YamlNode node) {
    return formula(node, node.text());
  }

  /** The same of text that was put together from a block. */
  Formula formula(YamlNode node, String text) {
    try {
      Formula formula = StlParser.parse(text);
      FormulaCheck.check(formula, channels.units());
      return formula;
    } catch (StlException e) {
      throw node.wrong("'" + text + "': " + e.getMessage());
    }
  }

  /** A channel that is there. */
  String channel(@Nullable YamlNode node, YamlNode parent) {
    if (node == null) {
      throw parent.wrong("the key 'channel' is missing; allowed: a channel's name.");
    }
    String name = node.text();
    if (!channels.units().containsKey(name)) {
      throw node.wrong(
          "channel '"
              + name
              + "' is not known; 'anodyne hil channels' lists all."
              + FormulaCheck.alike(name, channels.units().keySet())
                  .map(k -> "\nMaybe '" + k + "' is meant.")
                  .orElse(""));
    }
    return name;
  }

  ChannelTable channels() {
    return channels;
  }
}
