package dev.anodyne.hil.scenario;

import dev.anodyne.hil.fault.FaultCatalogue;
import dev.anodyne.hil.fault.FaultKind;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads faults and holds them against the catalogue. */
final class FaultReader {
  private static final List<String> OWN =
      List.of("kind", "target", "severity", "ramp", "duration", "repeat", "seed");

  private final TriggerReader triggers;

  FaultReader(TriggerReader triggers) {
    this.triggers = triggers;
  }

  FaultSpec of(String id, YamlNode node) {
    List<String> allowed = new ArrayList<>(OWN);
    allowed.addAll(TriggerReader.KEYS);
    node.only(allowed);
    if (!id.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")) {
      throw node.wrong("'" + id + "' is not a fault's name; allowed: letters, digits, _ and dots.");
    }
    YamlNode kindNode = node.need("kind", "a kind of the fault catalogue, such as sensor.bias");
    List<String> kinds = FaultCatalogue.kinds().stream().map(FaultKind::name).toList();
    FaultKind kind = FaultCatalogue.named(kindNode.word(kinds));
    String target = node.or("target", YamlNode::text, "");
    if (kind.target() == FaultKind.Target.SENSOR) {
      requireSensor(node, target);
    }
    YamlNode severity = node.get("severity");
    return new FaultSpec(
        id,
        kind.name(),
        Aliases.resolve(target),
        severity == null ? kind.usual() : severity(severity, kind, target),
        triggers.of(node),
        node.or("ramp", r -> r.seconds(0), 0.0),
        node.or("duration", d -> d.seconds(1e-9), Double.POSITIVE_INFINITY),
        repeat(node));
  }

  /** Its unit is the severity's, so it comes first. */
  private void requireSensor(YamlNode node, String target) {
    if (triggers.channels().units().containsKey(target.replace("[*]", "[0]"))) {
      return;
    }
    YamlNode at = node.get("target");
    throw (at == null ? node : at)
        .wrong(
            "target '"
                + target
                + "' is not a sensor; allowed: sensor.current, sensor.voltage,"
                + " sensor.cell[N].voltage, sensor.cell[N].temperature, with * for all cells.");
  }

  /** In the kind's unit, or in that of the channel that is the target. */
  private double severity(YamlNode node, FaultKind kind, String target) {
    Unit unit = Unit.ofChannel(kind.unit());
    if (kind.unit().startsWith("target")) {
      String channel = target.replace("[*]", "[0]");
      Unit own = triggers.channels().units().get(channel);
      unit = Unit.ofChannel(own == null ? "" : kind.unit().replace("target", own.symbol()));
    }
    double value = node.differenceIn(unit);
    if (!(value >= kind.lowest() && value <= kind.highest())) {
      throw node.notAllowed(
          kind.lowest() + " to " + kind.highest() + " " + Objects.toString(unit.symbol(), ""));
    }
    return value;
  }

  private static FaultSpec.Repeat repeat(YamlNode node) {
    long seed = node.or("seed", s -> s.whole(0, Integer.MAX_VALUE), 0L);
    YamlNode repeat = node.get("repeat");
    if (repeat == null) {
      return new FaultSpec.Repeat(1, 0, 0, seed);
    }
    repeat.only(List.of("times", "every", "jitter"));
    if (node.get("duration") == null) {
      throw repeat.wrong("a fault that comes again must end; allowed: with the key 'duration'.");
    }
    double every = repeat.need("every", "a time").seconds(1e-9);
    double duration = node.need("duration", "a time").seconds(0);
    double jitter = repeat.or("jitter", j -> j.seconds(0), 0.0);
    if (every < duration + jitter) {
      throw repeat.wrong(
          "'every' is shorter than duration and jitter together; allowed: at least "
              + (duration + jitter)
              + " s.");
    }
    return new FaultSpec.Repeat(
        (int) repeat.need("times", "a whole number").whole(1, 100_000), every, jitter, seed);
  }
}
