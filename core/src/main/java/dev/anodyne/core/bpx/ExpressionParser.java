package dev.anodyne.core.bpx;

import java.util.Locale;

/**
 * Recursive descent over the BPX grammar: numbers, {@code x}, {@code + - * / **}, signs,
 * parentheses and calls. Precedence is Python's, as the format's own library executes the text in
 * Python: {@code **} binds right to left and tighter than a sign before it ({@code -x**2} is
 * −(x²)). Nothing in the text is ever executed.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 200;

  /** Bounds the depth of the tree of a long sum, which is evaluated recursively. */
  private static final int MAX_LENGTH = 5000;

  private static final String ALLOWED =
      "allowed: numbers, x, + - * / **, parentheses, exp, tanh, cosh, sinh, log, sqrt";

  private final String text;
  private int at;
  private int depth;

  ExpressionParser(String text) {
    this.text = text;
  }

  Expression parse() {
    if (text.length() > MAX_LENGTH) {
      throw new BpxException(
          "an expression of " + text.length() + " characters; allowed: " + MAX_LENGTH);
    }
    Expression result = sum();
    skipBlanks();
    if (at < text.length()) {
      throw wrong("unexpected " + shown(text.charAt(at)));
    }
    return result;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (take("+")) {
        left = new Expression.Binary('+', left, product());
      } else if (take("-")) {
        left = new Expression.Binary('-', left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = signed();
    while (true) {
      if (!startsWith("**") && take("*")) {
        left = new Expression.Binary('*', left, signed());
      } else if (take("/")) {
        left = new Expression.Binary('/', left, signed());
      } else {
        return left;
      }
    }
  }

  private Expression signed() {
    enter();
    try {
      if (take("-")) {
        return new Expression.Negative(signed());
      }
      if (take("+")) {
        return signed();
      }
      return power();
    } finally {
      depth--;
    }
  }

  private Expression power() {
    Expression base = atom();
    return take("**") ? new Expression.Binary('^', base, signed()) : base;
  }

  private Expression atom() {
    skipBlanks();
    if (at >= text.length()) {
      throw wrong("the expression ends too early");
    }
    if (take("(")) {
      Expression inner = sum();
      expectClosing();
      return inner;
    }
    char c = text.charAt(at);
    if (Character.isDigit(c) || c == '.') {
      return number();
    }
    if (Character.isLetter(c) || c == '_') {
      return name();
    }
    throw wrong("unexpected " + shown(c));
  }

  private Expression number() {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    try {
      return new Expression.Constant(Double.parseDouble(text.substring(start, at)));
    } catch (NumberFormatException e) {
      throw wrong("'" + text.substring(start, at) + "' is not a number");
    }
  }

  private Expression name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String name = text.substring(start, at);
    if (name.equals("x")) {
      return new Expression.Variable();
    }
    for (Expression.Function function : Expression.Function.values()) {
      if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
        if (!take("(")) {
          throw wrong("'" + name + "' needs an argument in parentheses");
        }
        Expression argument = sum();
        expectClosing();
        return new Expression.Call(function, argument);
      }
    }
    throw wrong("unknown name '" + name + "'");
  }

  private void expectClosing() {
    if (!take(")")) {
      throw wrong("a closing parenthesis is missing");
    }
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw wrong("nested deeper than " + MAX_DEPTH);
    }
  }

  private boolean startsWith(String token) {
    skipBlanks();
    return text.startsWith(token, at);
  }

  private boolean take(String token) {
    if (!startsWith(token)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Characters that look like an operator, but are not the one of the format. */
  private static String shown(char c) {
    return switch (c) {
      case '−', '–', '—' -> "'" + c + "' (not the minus of the keyboard, '-')";
      case '·', '×' -> "'" + c + "' (times is '*')";
      case '^' -> "'^' (to the power is '**')";
      default -> Character.isISOControl(c) ? "a control character" : "'" + c + "'";
    };
  }

  private BpxException wrong(String what) {
    return new BpxException(what + " at character " + (at + 1) + "; " + ALLOWED);
  }
}
