package dev.anodyne.hil.stl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a formula's text into numbers, words and signs. */
final class Lexer {
  /** What a piece is. */
  enum Kind {
    NUMBER,
    WORD,
    SIGN,
    END
  }

  /**
   * One piece.
   *
   * @param column where it begins, from 1
   */
  record Token(Kind kind, String text, int column) {
    boolean is(String expected) {
      return kind != Kind.NUMBER && text.equals(expected);
    }
  }

  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+(?![A-Za-z]))?");

  /** A name with its parts and indices: {@code pack.cell[3].anodePotential}. */
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\[[0-9]+]|\\.[A-Za-z_][A-Za-z0-9_]*)*");

  /** Units with signs in them, longest first, and only where no letter follows. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?:W/m²K|W/m2K|W/\\((?:m²K|m2\\.K|m²\\.K)\\)|mol/m3|(?:A|V|mV|K)/(?:s|min|h)|A\\.h|A·h"
              + "|V\\.s|V·s|mV·s|°C|µV|µm|[mkM]?Ω|%)(?![A-Za-z0-9_])|%");

  private static final Pattern SIGN =
      Pattern.compile("<=|>=|==|!=|=|<|>|≤|≥|≠|\\+|-|−|\\*|·|\\||\\(|\\)|\\[|]|,");

  private Lexer() {}

  static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      Token token = token(text, at);
      tokens.add(token);
      at = token.column() - 1 + length(text, at, token);
    }
    tokens.add(new Token(Kind.END, "the end", text.length() + 1));
    return tokens;
  }

  private static int length(String text, int at, Token token) {
    // Normalised signs may be shorter or longer than what was written.
    return token.kind() == Kind.SIGN ? match(SIGN, text, at).length() : token.text().length();
  }

  private static Token token(String text, int at) {
    String number = match(NUMBER, text, at);
    if (!number.isEmpty()) {
      return new Token(Kind.NUMBER, number, at + 1);
    }
    String unit = match(UNIT, text, at);
    String word = match(WORD, text, at);
    if (!unit.isEmpty() && unit.length() >= word.length()) {
      return new Token(Kind.WORD, unit, at + 1);
    }
    if (!word.isEmpty()) {
      return new Token(Kind.WORD, word, at + 1);
    }
    String sign = match(SIGN, text, at);
    if (!sign.isEmpty()) {
      return new Token(Kind.SIGN, normal(sign), at + 1);
    }
    throw new StlException(
        at + 1,
        "'"
            + Character.toString(text.codePointAt(at))
            + "' is not possible; allowed: words, numbers with units, < <= > >= == != + - * | ( ) [ ]"
            + " ,.");
  }

  private static String match(Pattern pattern, String text, int at) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    matcher.useTransparentBounds(true);
    return matcher.lookingAt() ? matcher.group() : "";
  }

  private static String normal(String sign) {
    return switch (sign) {
      case "≤" -> "<=";
      case "≥" -> ">=";
      case "≠" -> "!=";
      case "=" -> "==";
      case "−" -> "-";
      case "·" -> "*";
      default -> sign;
    };
  }
}
