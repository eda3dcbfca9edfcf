package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Formula.Operator;
import dev.anodyne.hil.stl.Lexer.Kind;
import dev.anodyne.hil.stl.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads formulas. From the loosest to the tightest: {@code when … then …}, {@code implies}, {@code
 * or}, {@code and}, {@code until}, then the words that stand before what they are about ({@code
 * not}, {@code always[0,10 min]}, {@code eventually[0,3]}, {@code within 3 s}, {@code for 2 s},
 * {@code once[…]}, {@code historically[…]}), then {@code rise(…)}, {@code fall(…)}, {@code
 * fault(…)} and comparisons such as {@code |a - b| < 2 mV}.
 */
public final class StlParser {
  private static final Set<String> RESERVED =
      new TreeSet<>(
          List.of(
              "always",
              "and",
              "eventually",
              "fall",
              "false",
              "fault",
              "for",
              "historically",
              "implies",
              "not",
              "once",
              "or",
              "rise",
              "then",
              "true",
              "until",
              "when",
              "within"));

  private final List<Token> tokens;
  private int at;

  StlParser(String text) {
    tokens = Lexer.tokens(text);
  }

  /**
   * Reads a formula.
   *
   * @throws StlException with the column, what stands there and what is allowed
   */
  public static Formula parse(String text) {
    StlParser parser = new StlParser(text);
    Formula formula = parser.formula();
    parser.requireEnd("and, or, implies, until");
    return formula;
  }

  Quantity wholeQuantity() {
    double sign = accept("-") ? -1 : 1;
    Quantity read = quantity();
    requireEnd("nothing after the unit");
    return new Quantity(sign * read.value(), read.unit());
  }

  private Formula formula() {
    if (accept("when")) {
      Formula trigger = implication();
      require("then", "and, or, implies, until, then");
      return new Formula.When(trigger, formula());
    }
    return implication();
  }

  private Formula implication() {
    Formula condition = disjunction();
    return accept("implies") ? new Formula.Implies(condition, implication()) : condition;
  }

  private Formula disjunction() {
    List<Formula> parts = new ArrayList<>(List.of(conjunction()));
    while (accept("or")) {
      parts.add(conjunction());
    }
    return parts.size() == 1 ? parts.get(0) : new Formula.Or(parts);
  }

  private Formula conjunction() {
    List<Formula> parts = new ArrayList<>(List.of(until()));
    while (accept("and")) {
      parts.add(until());
    }
    return parts.size() == 1 ? parts.get(0) : new Formula.And(parts);
  }

  private Formula until() {
    Formula first = prefixed();
    if (!accept("until")) {
      return first;
    }
    Window window = window();
    return new Formula.Until(first, window, prefixed());
  }

  private Formula prefixed() {
    if (accept("not")) {
      return new Formula.Not(prefixed());
    } else if (accept("always")) {
      Window window = accept("for") ? Window.upTo(duration()) : window();
      return new Formula.Always(window, prefixed());
    } else if (accept("for")) {
      return new Formula.Always(Window.upTo(duration()), prefixed());
    } else if (accept("eventually")) {
      return new Formula.Eventually(window(), prefixed());
    } else if (accept("within")) {
      return new Formula.Eventually(Window.upTo(duration()), prefixed());
    } else if (accept("once")) {
      return new Formula.Once(window(), prefixed());
    } else if (accept("historically")) {
      return new Formula.Historically(window(), prefixed());
    }
    return primary();
  }

  private Formula primary() {
    if (accept("true")) {
      return new Formula.Constant(true);
    } else if (accept("false")) {
      return new Formula.Constant(false);
    } else if (accept("rise")) {
      return new Formula.Rise(inBrackets());
    } else if (accept("fall")) {
      return new Formula.Fall(inBrackets());
    } else if (accept("fault")) {
      return fault();
    } else if (peek().is("(")) {
      return inBrackets();
    }
    return comparison();
  }

  private Formula inBrackets() {
    require("(", "(");
    Formula inner = formula();
    require(")", "and, or, implies, until, )");
    return inner;
  }

  private Formula fault() {
    require("(", "(");
    Token name = next();
    if (name.kind() != Kind.WORD) {
      throw unexpected(name, "a fault's name");
    }
    require(")", ")");
    return new Formula.FaultActive(name.text());
  }

  private Formula comparison() {
    Token start = peek();
    Expression left = expression("a formula, a channel, a number or |…|");
    Token sign = next();
    for (Operator operator : Operator.values()) {
      if (sign.is(operator.symbol())) {
        return new Formula.Atom(left, operator, expression("a channel, a number or |…|"));
      }
    }
    if (start.kind() == Kind.WORD && FormulaCheck.alike(start.text(), RESERVED).isPresent()) {
      throw unexpected(start, "a formula, or a comparison of channels");
    }
    throw unexpected(sign, "<, <=, >, >=, ==, !=, +, - after '" + left + "'");
  }

  private Expression expression(String allowed) {
    List<Expression.Term> terms = new ArrayList<>();
    double sign = accept("-") ? -1 : 1;
    terms.add(term(sign, allowed));
    while (peek().is("+") || peek().is("-")) {
      sign = next().is("-") ? -1 : 1;
      terms.add(term(sign, "a channel, a number or |…|"));
    }
    return new Expression(terms);
  }

  private Expression.Term term(double sign, String allowed) {
    if (peek().kind() == Kind.NUMBER) {
      Token number = next();
      if (accept("*")) {
        return new Expression.Term(sign * value(number), operand("a channel, a number or |…|"));
      }
      return new Expression.Term(sign, quantityAfter(number));
    }
    return new Expression.Term(sign, operand(allowed));
  }

  private Expression.Operand operand(String allowed) {
    Token token = next();
    if (token.kind() == Kind.NUMBER) {
      return quantityAfter(token);
    } else if (token.is("|")) {
      Expression inner = expression("a channel, a number or |…|");
      require("|", "+, -, |");
      return new Expression.Magnitude(inner);
    } else if (token.kind() == Kind.WORD && !RESERVED.contains(token.text())) {
      return new Expression.ChannelRef(token.text());
    }
    throw unexpected(token, allowed);
  }

  private Quantity quantity() {
    Token number = next();
    if (number.kind() != Kind.NUMBER) {
      throw unexpected(number, "a number, with a unit where it has one");
    }
    return quantityAfter(number);
  }

  private Quantity quantityAfter(Token number) {
    double value = value(number);
    Token unit = peek();
    if (unit.kind() != Kind.WORD || RESERVED.contains(unit.text())) {
      return new Quantity(value, Unit.ONE);
    }
    at++;
    return new Quantity(
        value, Unit.of(unit.text()).orElseThrow(() -> unknownUnit(unit, Unit.symbols())));
  }

  private static StlException unknownUnit(Token unit, Set<String> symbols) {
    List<String> known = symbols.stream().filter(s -> !s.isEmpty() && !s.equals("1")).toList();
    Optional<String> alike =
        known.stream()
            .filter(s -> s.equalsIgnoreCase(unit.text()))
            .findFirst()
            .or(() -> known.stream().filter(s -> unit.text().startsWith(s)).findFirst())
            .or(() -> FormulaCheck.alike(unit.text(), known));
    return new StlException(
        unit.column(),
        "'"
            + unit.text()
            + "' is not a unit; allowed: "
            + String.join(", ", known)
            + "."
            + alike.map(k -> "\nMaybe '" + k + "' is meant.").orElse(""));
  }

  private static double value(Token number) {
    return Double.parseDouble(number.text());
  }

  private Quantity duration() {
    Token start = peek();
    Quantity time = quantity();
    return time(start, time.unit().symbol().isEmpty() ? Quantity.seconds(time.value()) : time);
  }

  private static Quantity time(Token start, Quantity quantity) {
    if (!quantity.unit().dimension().equals(Unit.SECOND.dimension())) {
      throw new StlException(
          start.column(), "'" + quantity + "' is not a time; allowed: ms, s, min, h.");
    }
    return quantity;
  }

  private @Nullable Window window() {
    Token open = peek();
    if (!accept("[")) {
      return null;
    }
    Token start = peek();
    Quantity from = quantity();
    require(",", "a unit of time, or ','");
    Token end = peek();
    Quantity to = quantity();
    require("]", "a unit of time, or ']'");
    // [0, 30 min] means minutes on both sides; [0, 30] seconds.
    Unit common = to.unit().symbol().isEmpty() ? Unit.SECOND : to.unit();
    Quantity first = from.unit().symbol().isEmpty() ? new Quantity(from.value(), common) : from;
    Quantity last = new Quantity(to.value(), common);
    try {
      time(end, last);
      return new Window(time(start, first), last);
    } catch (IllegalArgumentException e) {
      throw new StlException(open.column(), String.valueOf(e.getMessage()));
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  private boolean accept(String text) {
    if (peek().kind() != Kind.END && peek().is(text)) {
      at++;
      return true;
    }
    return false;
  }

  private void require(String text, String allowed) {
    if (!accept(text)) {
      throw unexpected(peek(), allowed);
    }
  }

  private void requireEnd(String allowed) {
    if (peek().kind() != Kind.END) {
      throw unexpected(peek(), allowed);
    }
  }

  private static StlException unexpected(Token token, String allowed) {
    String found =
        token.kind() == Kind.END ? "the text ends" : "'" + token.text() + "' stands here";
    Optional<String> alike =
        token.kind() == Kind.WORD ? FormulaCheck.alike(token.text(), RESERVED) : Optional.empty();
    return new StlException(
        token.column(),
        found
            + "; allowed: "
            + allowed
            + "."
            + alike
                .filter(k -> !k.equals(token.text()))
                .map(k -> "\nMaybe '" + k + "' is meant.")
                .orElse(""));
  }
}
