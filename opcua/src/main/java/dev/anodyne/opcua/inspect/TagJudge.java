package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.inspect.CheckReport.TagCheck;
import dev.anodyne.opcua.inspect.NodePlan.Point;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.TagType;
import dev.anodyne.opcua.model.WireType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/** Says of every tag what was read, and what is wrong with it. */
final class TagJudge {
  private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

  private final ToolSession session;
  private final OpcUaChargerConfig config;
  private final Map<NodeId, SpaceNode.Variable> facts;
  private final List<NodeId> nodes;
  private final List<DataValue> first;
  private final List<DataValue> last;
  private final Duration watched;
  private final Instant now = Instant.now();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param nodes what was read, in the order of the answers
   * @param first the first answer
   * @param last the last one
   * @param watched the time between them
   */
  TagJudge(
      ToolSession session,
      OpcUaChargerConfig config,
      Map<NodeId, SpaceNode.Variable> facts,
      List<NodeId> nodes,
      List<DataValue> first,
      List<DataValue> last,
      Duration watched) {
    this.session = session;
    this.config = config;
    this.facts = facts;
    this.nodes = nodes;
    this.first = first;
    this.last = last;
    this.watched = watched;
  }

  /** What is worth knowing but no problem. */
  List<String> notes() {
    return notes;
  }

  List<TagCheck> all(NodePlan plan) throws InterruptedException {
    List<TagCheck> rows = new ArrayList<>();
    for (Point point : plan.points()) {
      rows.add(point.node().isPresent() ? row(plan, point, point.node().get()) : missing(point));
    }
    noteClock(rows);
    plan.constants()
        .forEach(
            (tag, value) ->
                rows.add(
                    new TagCheck(
                        tag.path(),
                        "",
                        "constant",
                        "",
                        "",
                        Shown.number(value) + " " + tag.unit().symbol(),
                        value,
                        "",
                        Optional.empty(),
                        "")));
    return rows;
  }

  /** The freshest stamp tells how far the two clocks are apart, or how old everything is. */
  private void noteClock(List<TagCheck> rows) {
    rows.stream()
        .flatMap(row -> row.age().stream())
        .min(Comparator.naturalOrder())
        .filter(age -> age.abs().compareTo(CLOCKS_APART) > 0)
        .ifPresent(
            age ->
                notes.add(
                    "The newest source time stamp is "
                        + Shown.number(age.abs().toMillis() / 1e3)
                        + (age.isNegative() ? " s ahead of" : " s behind")
                        + " this machine's clock. The controller does not rely on it, but logs will"
                        + " not agree."));
  }

  private static TagCheck missing(Point point) {
    return new TagCheck(
        point.name(), "", "", "", "", "–", null, "missing", Optional.empty(), point.problem());
  }

  private TagCheck row(NodePlan plan, Point point, NodeId node) throws InterruptedException {
    DataValue value = last.get(nodes.indexOf(node));
    SpaceNode.Variable variable = Objects.requireNonNull(facts.get(node));
    Object meaning = meaning(point, value);
    return new TagCheck(
        point.name(),
        plan.idOf(node),
        SpaceText.type(variable),
        variable.unit().map(Shown::unit).orElse(""),
        variable.range().map(Shown::range).orElse(""),
        text(point, meaning),
        Shown.json(meaning),
        ToolSession.nameOf(value.statusCode()),
        age(value),
        problem(point, node, value, variable, meaning));
  }

  /** The value in the tag's unit, or what a word says; null when it says nothing. */
  private @Nullable Object meaning(Point point, DataValue value) {
    Object raw = value.value().value();
    TagBinding binding = point.binding();
    if (!(raw instanceof Number number)) {
      return raw;
    }
    TagMapping mapping = config.mapping();
    return switch (point.use()) {
      case CONNECTED ->
          mapping.connected().map(word -> word.isConnected(number.longValue())).orElse(false);
      case FAULTS ->
          mapping.faultWords().get(point.index()).faultsIn(number.longValue()).stream()
              .map(Enum::name)
              .sorted()
              .toArray(String[]::new);
      case FEED -> number;
      case TAG ->
          binding == null
                  || binding.details().invalid().contains(number.longValue()) && !point.isWritten()
              ? null
              : inUnits(binding, number);
    };
  }

  private static Object inUnits(TagBinding binding, Number number) {
    return binding.scale() == 1 && binding.offset() == 0
        ? number
        : binding.fromRaw(number.doubleValue());
  }

  private static String text(Point point, @Nullable Object meaning) {
    ChargerTag tag = point.tag();
    String text = Shown.text(meaning);
    if (tag == null || tag.unit() == EngineeringUnit.ONE || !(meaning instanceof Number)) {
      return text;
    }
    return text + " " + tag.unit().symbol();
  }

  /** By the source's clock and this machine's: a clock that is off shows here. */
  private Optional<Duration> age(DataValue value) {
    DateTime stamp = value.sourceTime();
    return stamp == null || !stamp.isValid() || stamp.isNull()
        ? Optional.empty()
        : Optional.of(Duration.between(stamp.getJavaInstant(), now));
  }

  private String problem(
      Point point,
      NodeId node,
      DataValue value,
      SpaceNode.Variable variable,
      @Nullable Object meaning)
      throws InterruptedException {
    String name = "'" + point.name() + "'";
    ChargerTag tag = point.tag();
    TagBinding binding = point.binding();
    if (tag != null && binding != null && tag.unit() != EngineeringUnit.ONE) {
      String unit = session.unitProblem(tag, binding, node);
      if (!unit.isEmpty() && binding.details().checksUnit()) {
        return unit;
      }
      if (!unit.isEmpty() && !config.mapping().forModel()) {
        notes.add(unit);
      }
    }
    if (point.isWritten()) {
      return written(point, variable);
    }
    if (!value.statusCode().isGood()) {
      return name + " has the status " + ToolSession.nameOf(value.statusCode()) + ".";
    }
    if (tag == null) {
      return value.value().value() instanceof Number || value.value().value() instanceof Boolean
          ? ""
          : name + " is no number: " + Shown.text(value.value().value()) + ".";
    }
    return tag == ChargerTag.HEARTBEAT ? beat(node, meaning) : value(tag, meaning);
  }

  private static String value(ChargerTag tag, @Nullable Object meaning) {
    if (!tag.type().isNumeric()) {
      return tag.type().javaType().isInstance(meaning)
          ? ""
          : "'"
              + tag.path()
              + "' must be "
              + words(tag.type())
              + ", is "
              + Shown.text(meaning)
              + ".";
    }
    if (!(meaning instanceof Number number)) {
      return "'" + tag.path() + "' has no value.";
    }
    boolean fits =
        tag.range().contains(number.doubleValue()) || !ChargerImage.measuredTags().contains(tag);
    return fits
        ? ""
        : "'"
            + tag.path()
            + "' is "
            + Shown.number(number.doubleValue())
            + " "
            + tag.unit().symbol()
            + "; allowed: "
            + Shown.range(tag.range())
            + ".\nMaybe unit, scale or offset are wrong.";
  }

  private static String words(TagType type) {
    return type == TagType.BOOLEAN ? "a Boolean" : "a list of names";
  }

  private String beat(NodeId node, @Nullable Object meaning) {
    int at = nodes.indexOf(node);
    if (!(meaning instanceof Number)) {
      return "'Heartbeat' is no number.";
    }
    boolean moved = !Objects.equals(first.get(at).value().value(), last.get(at).value().value());
    if (moved || watched.compareTo(config.staleness()) <= 0) {
      return "";
    }
    return "'Heartbeat' stood still for "
        + watched.toMillis()
        + " ms; it must move within "
        + config.staleness().toMillis()
        + " ms.\nMaybe another counter shows that the charger lives, or the charger is halted.";
  }

  private String written(Point point, SpaceNode.Variable variable) {
    String name = "'" + point.name() + "'";
    if (!variable.writable()) {
      return name + " may not be written by " + config.security().logIn() + ".";
    }
    String type = SpaceText.type(variable);
    ChargerTag tag = point.tag();
    String needed =
        config.mapping().forModel() || tag == null
            ? point.type().map(WireType::typeName).orElse(type)
            : tag.type() == TagType.DOUBLE ? "Double" : "UInt32";
    if (WireType.named(type).isEmpty() && point.type().isEmpty()) {
      return name + " is " + type + " on the server, in which numbers do not go out.";
    }
    return needed.equals(type)
        ? ""
        : name + " is " + type + " on the server, but " + needed + " is written.";
  }
}
