package dev.anodyne.hil.scenario;

import dev.anodyne.hil.scenario.Check.Span;
import dev.anodyne.hil.stl.Expression;
import dev.anodyne.hil.stl.Formula;
import dev.anodyne.hil.stl.Formula.Operator;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.stl.Window;
import dev.anodyne.hil.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads checks. All but references become formulas of signal temporal logic. */
final class CheckReader {
  static final List<String> KINDS =
      List.of("stl", "bounds", "constant", "step", "ramp", "firstOrder", "follow", "response");

  private final TriggerReader formulas;

  CheckReader(TriggerReader formulas) {
    this.formulas = formulas;
  }

  Check of(YamlNode node, int number) {
    List<String> allowed = new ArrayList<>(List.of("name"));
    allowed.addAll(KINDS);
    node.only(allowed);
    List<String> given = KINDS.stream().filter(k -> node.get(k) != null).toList();
    if (given.size() != 1) {
      throw node.wrong(
          (given.isEmpty() ? "no check" : "more than one check")
              + " is there; allowed: one of "
              + String.join(", ", KINDS)
              + ".");
    }
    String kind = given.get(0);
    YamlNode body = Objects.requireNonNull(node.get(kind));
    String name = node.or("name", YamlNode::text, "check " + number + " (" + kind + ")");
    return switch (kind) {
      case "stl" -> new Check.Temporal(name, formulas.formula(body));
      case "bounds" -> bounds(name, body);
      case "constant" -> constant(name, body);
      case "step" -> step(name, body);
      case "ramp" -> ramp(name, body);
      case "firstOrder" -> firstOrder(name, body);
      case "follow" -> follow(name, body);
      default -> response(name, body);
    };
  }

  private Check bounds(String name, YamlNode body) {
    body.only(List.of("channel", "min", "max", "during", "share"));
    String channel = formulas.channel(body.get("channel"), body);
    YamlNode min = body.get("min");
    YamlNode max = body.get("max");
    if (min == null && max == null) {
      throw body.wrong("neither 'min' nor 'max' is there; allowed: one or both.");
    }
    List<Formula> parts = new ArrayList<>();
    if (min != null) {
      parts.add(compare(channel, Operator.AT_LEAST, min));
    }
    if (max != null) {
      parts.add(compare(channel, Operator.AT_MOST, max));
    }
    return throughout(name, body, parts.size() == 1 ? parts.get(0) : new Formula.And(parts));
  }

  private Formula compare(String channel, Operator operator, YamlNode limit) {
    limit.in(unit(channel)); // refuses another dimension with the line
    return new Formula.Atom(
        Expression.channel(channel),
        operator,
        new Expression(List.of(new Expression.Term(1, limit.quantity()))));
  }

  private Check constant(String name, YamlNode body) {
    body.only(List.of("channel", "value", "tolerance", "during", "share"));
    String channel = formulas.channel(body.get("channel"), body);
    YamlNode value = body.need("value", "a value with its unit");
    return throughout(name, body, near(channel, value, body.need("tolerance", "a value")));
  }

  /** Within a tolerance of a value. */
  private Formula near(String channel, YamlNode value, YamlNode tolerance) {
    Unit unit = unit(channel);
    double centre = value.in(unit);
    double band = tolerance.differenceIn(unit);
    if (!(band >= 0)) {
      throw tolerance.notAllowed("0 or more");
    }
    return new Formula.And(
        List.of(
            plain(channel, Operator.AT_LEAST, centre - band, unit),
            plain(channel, Operator.AT_MOST, centre + band, unit)));
  }

  private static Formula plain(String channel, Operator operator, double value, Unit unit) {
    Unit shown = Unit.of(unit.symbol()).isPresent() ? unit : Unit.ONE;
    Expression limit =
        new Expression(
            List.of(new Expression.Term(value < 0 ? -1 : 1, new Quantity(Math.abs(value), shown))));
    return new Formula.Atom(Expression.channel(channel), operator, limit);
  }

  /** Before the step near one value, and from shortly after it near the other. */
  private Check step(String name, YamlNode body) {
    body.only(List.of("channel", "from", "to", "at", "tolerance", "before", "within", "hold"));
    String channel = formulas.channel(body.get("channel"), body);
    YamlNode tolerance = body.need("tolerance", "a value with its unit");
    double at = body.need("at", "a time").seconds(0);
    double before = body.or("before", b -> b.seconds(0), 5.0);
    double within = body.or("within", b -> b.seconds(0), 1.0);
    double hold = body.or("hold", b -> b.seconds(0), 5.0);
    // The sample at the step itself may be on either side.
    double quiet = Math.max(0, Math.nextDown(at) - 1e-6);
    Formula first =
        new Formula.Always(
            window(Math.max(0, at - before), quiet),
            near(channel, body.need("from", "a value"), tolerance));
    Formula then =
        new Formula.Eventually(
            window(at, at + within),
            new Formula.Always(
                window(0, hold), near(channel, body.need("to", "a value"), tolerance)));
    return new Check.Temporal(name, new Formula.And(List.of(first, then)));
  }

  private Check ramp(String name, YamlNode body) {
    body.only(
        List.of("channel", "from", "to", "start", "over", "tolerance", "timeTolerance", "share"));
    String channel = formulas.channel(body.get("channel"), body);
    Unit unit = unit(channel);
    double start = body.need("start", "a time").seconds(0);
    double over = body.need("over", "a time").seconds(1e-9);
    double from = body.need("from", "a value").in(unit);
    double to = body.need("to", "a value").in(unit);
    Course line = new Course(new double[] {start, start + over}, new double[] {from, to}, true);
    return follow(name, body, channel, line, "", new Span(start, start + over));
  }

  /** x(t) = to + (from − to)·exp(−(t − start)/τ), sampled finely enough to be a line in between. */
  private Check firstOrder(String name, YamlNode body) {
    body.only(
        List.of(
            "channel",
            "from",
            "to",
            "start",
            "timeConstant",
            "until",
            "tolerance",
            "timeTolerance",
            "share"));
    String channel = formulas.channel(body.get("channel"), body);
    Unit unit = unit(channel);
    double start = body.need("start", "a time").seconds(0);
    double tau = body.need("timeConstant", "a time").seconds(1e-9);
    double until = body.or("until", u -> u.seconds(0), start + 5 * tau);
    double from = body.need("from", "a value").in(unit);
    double to = body.need("to", "a value").in(unit);
    int points = 500;
    double[] times = new double[points + 1];
    double[] values = new double[points + 1];
    for (int i = 0; i <= points; i++) {
      times[i] = start + (until - start) * i / points;
      values[i] = to + (from - to) * Math.exp(-(times[i] - start) / tau);
    }
    Course course = new Course(times, values, true);
    return follow(name, body, channel, course, "", new Span(start, until));
  }

  private Check follow(String name, YamlNode body) {
    body.only(
        List.of("channel", "reference", "tolerance", "timeTolerance", "during", "share", "linear"));
    String channel = formulas.channel(body.get("channel"), body);
    YamlNode reference = body.need("reference", "a channel, a list of points, or a file");
    Unit unit = unit(channel);
    if (reference.isList()) {
      boolean linear = body.or("linear", YamlNode::flag, true);
      Course course = CourseReader.series(reference, unit, linear);
      return follow(name, body, channel, course, "", span(body));
    } else if (reference.isMap()) {
      return follow(name, body, channel, CourseReader.profile(reference, unit), "", span(body));
    }
    String other = formulas.channel(reference, body);
    if (!unit(other).dimension().equals(unit.dimension())) {
      throw reference.wrong(
          "'" + other + "' measures something else than '" + channel + "'; allowed: the same.");
    }
    return follow(name, body, channel, null, other, span(body));
  }

  private Check follow(
      String name,
      YamlNode body,
      String channel,
      @Nullable Course course,
      String reference,
      Span span) {
    return new Check.Follow(
        name,
        channel,
        course,
        reference,
        body.need("tolerance", "a value with its unit").differenceIn(unit(channel)),
        body.or("timeTolerance", t -> t.seconds(0), 0.0),
        span,
        share(body));
  }

  private Check response(String name, YamlNode body) {
    body.only(List.of("when", "within", "for", "then"));
    Formula trigger = formulas.formula(body.need("when", "a formula"));
    Formula then = formulas.formula(body.need("then", "a formula"));
    double hold = body.or("for", f -> f.seconds(0), 0.0);
    double within = body.or("within", w -> w.seconds(0), 0.0);
    Formula held = hold > 0 ? new Formula.Always(window(0, hold), then) : then;
    Formula response = within > 0 ? new Formula.Eventually(window(0, within), held) : held;
    return new Check.Temporal(name, new Formula.When(trigger, response));
  }

  private Check throughout(String name, YamlNode body, Formula inner) {
    Span span = span(body);
    double share = share(body);
    if (share < 1) {
      return new Check.Share(name, inner, span, share);
    }
    boolean whole = span.equals(Span.WHOLE);
    Window window = whole ? null : window(span.fromSeconds(), span.toSeconds());
    return new Check.Temporal(name, new Formula.Always(window, inner));
  }

  private static double share(YamlNode body) {
    return body.or(
        "share",
        s -> {
          Quantity read = s.quantity();
          double share = read.unit().symbol().isEmpty() ? read.value() : s.in(Unit.ONE);
          if (!(share > 0 && share <= 1)) {
            throw s.notAllowed("above 0, at most 1 or 100 %");
          }
          return share;
        },
        1.0);
  }

  private static Span span(YamlNode body) {
    YamlNode during = body.get("during");
    if (during == null) {
      return Span.WHOLE;
    }
    List<YamlNode> ends = during.list();
    if (ends.size() != 2) {
      throw during.notAllowed("a pair of times, such as [0 s, 10 min]");
    }
    Span span = new Span(ends.get(0).seconds(0), ends.get(1).seconds(0));
    if (!(span.toSeconds() >= span.fromSeconds())) {
      throw during.notAllowed("a start that is not after the end");
    }
    return span;
  }

  private static Window window(double from, double to) {
    return new Window(Quantity.seconds(from), Quantity.seconds(to));
  }

  private Unit unit(String channel) {
    return Objects.requireNonNull(formulas.channels().units().get(channel));
  }
}
