package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.ValueRange;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.jspecify.annotations.Nullable;

/**
 * Values of a server for people and for JSON. What a server sends is a stranger's text: control
 * characters, which could move a terminal's cursor or end a file's comment, are replaced.
 */
final class Shown {
  private static final int LONGEST = 60;
  private static final int MOST = 6;

  private Shown() {}

  /** A text without control characters or line ends. */
  static String plain(@Nullable String text) {
    return text == null ? "" : text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
  }

  /** A value for a person: short. */
  static String text(@Nullable Object value) {
    String text = full(value);
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }

  private static String full(@Nullable Object value) {
    if (value == null) {
      return "–";
    }
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof String string) {
      return "\"" + plain(string) + "\"";
    }
    if (value instanceof LocalizedText localized) {
      return "\"" + plain(localized.text()) + "\"";
    }
    if (value instanceof DateTime time) {
      return time.isValid() ? time.toIso8601String() : "–";
    }
    if (value instanceof ExtensionObject) {
      return "(structure)";
    }
    if (value.getClass().isArray()) {
      List<String> items = new ArrayList<>();
      int length = Array.getLength(value);
      for (int i = 0; i < Math.min(MOST, length); i++) {
        items.add(full(Array.get(value, i)));
      }
      return "[" + String.join(", ", items) + (length > MOST ? ", … " + length : "") + "]";
    }
    return plain(String.valueOf(value));
  }

  /** A number with six digits at most. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return String.valueOf((float) value);
  }

  static String range(ValueRange range) {
    return number(range.low()) + " … " + number(range.high());
  }

  /** A unit as mappings write it, else as the server does. */
  static String unit(EUInformation unit) {
    return MeasuringUnit.of(unit)
        .map(MeasuringUnit::symbol)
        .orElseGet(() -> plain(unit.getDisplayName().text()));
  }

  /** A value for JSON: numbers, truth values, lists and texts. */
  static @Nullable Object json(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? number : null;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof String string) {
      return plain(string);
    }
    if (value.getClass().isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.add(json(Array.get(value, i)));
      }
      return items;
    }
    return text(value);
  }
}
