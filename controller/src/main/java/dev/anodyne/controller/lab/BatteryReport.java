package dev.anodyne.controller.lab;

import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.SensorBelief;
import dev.anodyne.estimators.identification.SensorBias;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a battery's file says, in words and for {@code --json}. */
public final class BatteryReport {
  private final Path file;
  private final BatteryRecord record;

  public BatteryReport(Path file, BatteryRecord record) {
    this.file = file;
    this.record = record;
  }

  /** Parameters and sensors with one standard deviation, and the history. */
  public String text() {
    StringBuilder text = new StringBuilder();
    add(text, "Battery %s: %s, %s A·h", file, record.cell(), plain(record.nominalAmpHours()));
    if (record.entries().isEmpty()) {
      return text.append(". Nothing is known yet: the next charge starts nominal.").toString();
    }
    IdentifiedCell now = record.entries().get(record.entries().size() - 1).cell();
    add(text, ", %d %s.%n%n", now.sessions(), now.sessions() == 1 ? "session" : "sessions");
    add(text, "%-30s %9s   %s%n", "parameter", "value", "1 σ");
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      row(text, p.key(), now.value(p), now.standardDeviation(p), "");
    }
    SensorBelief sensors = now.sensors();
    String name = sensors.sensors().isEmpty() ? "without a name" : sensors.sensors();
    add(text, "%nsensors %s%s%n", name, sensors.isKnown() ? "" : ": unknown");
    for (SensorBias b : SensorBias.values()) {
      if (sensors.isKnown()) {
        row(text, b.key(), sensors.value(b), sensors.standardDeviation(b), b.unit());
      }
    }
    add(text, "%n%6s  %-20s  %8s  %s%n", "number", "session ended", "session", "residual [mV]");
    int number = 0;
    for (BatteryRecord.Entry e : record.entries()) {
      number++;
      add(
          text,
          "%6d  %-20s  %8d  %.1f, then %.1f%n",
          number,
          e.endedAt().isEmpty() ? "–" : e.endedAt(),
          e.cell().sessions(),
          e.rmseBeforeVolts() * 1e3,
          e.rmseAfterVolts() * 1e3);
    }
    return text.append("\nThe next session starts from number ")
        .append(number)
        .append('.')
        .toString();
  }

  private static void row(
      StringBuilder text, String name, double value, double deviation, String unit) {
    add(text, "%-30s %9.4f ± %.4f%s%n", name, value, deviation, unit.isEmpty() ? "" : " " + unit);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private static String plain(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }

  /** The same for machines. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("file", file.toString());
    map.put("cell", record.cell());
    map.put("nominal_capacity_Ah", record.nominalAmpHours());
    List<Map<String, @Nullable Object>> history = new ArrayList<>();
    for (BatteryRecord.Entry e : record.entries()) {
      history.add(entry(history.size() + 1, e));
    }
    boolean empty = record.entries().isEmpty();
    IdentifiedCell now = empty ? null : record.entries().get(record.entries().size() - 1).cell();
    map.put("sessions", now == null ? 0 : now.sessions());
    map.put("parameters", now == null ? Map.of() : parameters(now));
    map.put("sensors", now == null ? Map.of() : sensors(now.sensors()));
    map.put("history", history);
    return map;
  }

  private static Map<String, @Nullable Object> entry(int number, BatteryRecord.Entry e) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("number", number);
    map.put("ended_at", e.endedAt());
    map.put("sessions", e.cell().sessions());
    map.put("rmse_before_mV", e.rmseBeforeVolts() * 1e3);
    map.put("rmse_after_mV", e.rmseAfterVolts() * 1e3);
    map.put("parameters", parameters(e.cell()));
    return map;
  }

  private static Map<String, @Nullable Object> parameters(IdentifiedCell cell) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      map.put(p.key(), value(cell.value(p), cell.standardDeviation(p)));
    }
    return map;
  }

  private static Map<String, @Nullable Object> sensors(SensorBelief sensors) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", sensors.sensors());
    map.put("known", sensors.isKnown());
    for (SensorBias b : SensorBias.values()) {
      map.put(b.key(), value(sensors.value(b), sensors.standardDeviation(b)));
    }
    return map;
  }

  private static Map<String, @Nullable Object> value(double value, double deviation) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("value", value);
    map.put("standard_deviation", deviation);
    return map;
  }
}
