package dev.anodyne.controller.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rows must fulfil; what is not asked for is no condition. Values are bound, never written.
 */
final class Conditions {
  private final List<String> parts = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  void equal(String column, @Nullable String value) {
    if (value != null) {
      parts.add(column + " = :" + put(value));
    }
  }

  void atLeast(String column, @Nullable Instant time) {
    if (time != null) {
      parts.add(column + " >= :" + put(Micros.of(time)));
    }
  }

  void below(String column, @Nullable Instant time) {
    if (time != null) {
      parts.add(column + " < :" + put(Micros.of(time)));
    }
  }

  /** Rows that come after one, the newest being first. */
  void behind(String timeColumn, String keyColumn, long micros, Object key) {
    String time = put(micros);
    parts.add(
        String.format(
            "(%s < :%s OR (%s = :%s AND %s < :%s))",
            timeColumn, time, timeColumn, time, keyColumn, put(key)));
  }

  /** Behind the table's name; empty without conditions. */
  String sql() {
    return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
  }

  Map<String, Object> values() {
    return values;
  }

  private String put(Object value) {
    String name = "v" + values.size();
    values.put(name, value);
    return name;
  }
}
