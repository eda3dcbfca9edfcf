package dev.anodyne.core.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and words of one protocol step, with their positions for error messages. */
final class ProtocolTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<number>[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)|(?<word>°?\\p{L}+|[/%])|(?<other>\\S)");

  private record Token(String text, boolean isNumber, int at) {}

  private final String step;
  private final int number;
  private final int offset;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  /**
   * @param step the step's text, blanks included
   * @param number its number, from 1
   * @param offset where it starts in the protocol
   */
  ProtocolTokens(String step, int number, int offset) {
    this.step = step;
    this.number = number;
    this.offset = offset;
    Matcher matcher = TOKEN.matcher(step);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.group("number") != null, matcher.start()));
    }
  }

  String text() {
    return step.strip();
  }

  boolean atEnd() {
    return next >= tokens.size();
  }

  /** Takes the next token if it is this word (lower case), whatever its case. */
  boolean takeWord(String word) {
    boolean taken =
        !atEnd()
            && !tokens.get(next).isNumber()
            && tokens.get(next).text().toLowerCase(Locale.ROOT).equals(word);
    if (taken) {
      next++;
    }
    return taken;
  }

  @Nullable Double takeNumber() {
    if (atEnd() || !tokens.get(next).isNumber()) {
      return null;
    }
    double value = Double.parseDouble(tokens.get(next).text());
    next++;
    if (!Double.isFinite(value)) {
      throw wrong("a number must be below 1.8e308");
    }
    return value;
  }

  /** Something else stands at the next token. */
  ProtocolException expected(String allowed) {
    String found = atEnd() ? "its end" : "'" + tokens.get(next).text() + "'";
    int at = atEnd() ? step.stripTrailing().length() : tokens.get(next).at();
    return at(at, "has " + found + " where " + allowed + " is allowed");
  }

  /** The token just taken cannot stand there. */
  ProtocolException wrong(String why) {
    Token token = tokens.get(Math.max(0, next - 1));
    return at(token.at(), "has '" + token.text() + "', but " + why);
  }

  private ProtocolException at(int index, String what) {
    return new ProtocolException(
        "Protocol step "
            + number
            + " '"
            + text()
            + "' "
            + what
            + " (character "
            + (offset + index + 1)
            + " of the protocol).\nMaybe write it like 'Charge at 2C until 4.2 V'.");
  }
}
