package dev.anodyne.test.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.anodyne.test.benchmark.Line.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished run, as a table or as JSON.
 *
 * @param machine where it ran
 * @param baseline the yardstick, measured before and after
 * @param lines the figures
 */
record Report(Machine machine, Sample baseline, List<Line> lines) {
  private static final String ROW = "%-19s %-57s %8s %8s %-12s %13s %10s %6s  %s";

  Report {
    lines = List.copyOf(lines);
  }

  boolean hasMissed() {
    return lines.stream().anyMatch(l -> l.verdict() == Verdict.MISSED);
  }

  boolean hasBroken() {
    return lines.stream().anyMatch(l -> l.verdict() == Verdict.BROKEN);
  }

  /** One table for people. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        row("name", "figure", "asked", "median", "", "p10–p90", "×yardstick", "B/step", ""));
    for (Line l : lines) {
      text.append(
          row(
              l.name(),
              l.title(),
              Double.isNaN(l.asked()) ? "" : (l.atMost() ? "≤ " : "≥ ") + number(l.asked()),
              number(l.measured()),
              l.unit(),
              Double.isNaN(l.low()) ? "" : number(l.low()) + "–" + number(l.high()),
              number(l.baselines()),
              bytes(l.bytesPerStep()),
              l.verdict().text));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Yardstick: %s µs a solve (p10–p90 %s–%s). B/step: heap bytes that a step allocates;"
                + " where stated it must be 0 (less than %s).%n",
            number(baseline.medianNanos() / 1e3),
            number(baseline.lowNanos() / 1e3),
            number(baseline.highNanos() / 1e3),
            number(Figure.NO_BYTES)));
    return text.append(machine.describe()).toString();
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, ROW, cells).stripTrailing() + System.lineSeparator();
  }

  /** One JSON document. Values that were not measured are null. */
  String json() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    Map<String, @Nullable Object> where = new LinkedHashMap<>();
    where.put("processor", machine.processor());
    where.put("cores", machine.cores());
    where.put("java", machine.java());
    where.put("system", machine.system());
    where.put("load", machine.load());
    root.put("machine", where);
    root.put("yardstick_us", baseline.medianNanos() / 1e3);
    List<Map<String, @Nullable Object>> figures = new ArrayList<>();
    for (Line l : lines) {
      figures.add(json(l));
    }
    root.put("figures", figures);
    root.put("missed", lines.stream().filter(l -> l.verdict() == Verdict.MISSED).count());
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, @Nullable Object> json(Line l) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("name", l.name());
    item.put("figure", l.title());
    item.put("unit", l.unit());
    item.put(l.atMost() ? "at_most" : "at_least", orNull(l.asked()));
    item.put("median", orNull(l.measured()));
    item.put("p10", orNull(l.low()));
    item.put("p90", orNull(l.high()));
    item.put("slowest_1_percent", orNull(l.slow()));
    item.put("yardsticks", orNull(l.baselines()));
    item.put("bytes_per_step", orNull(l.bytesPerStep()));
    item.put("verdict", l.verdict().name().toLowerCase(Locale.ROOT));
    return item;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String bytes(double value) {
    return Double.isNaN(value) ? "" : value < Figure.NO_BYTES ? "0" : number(value);
  }

  /** Three significant digits; nothing for NaN. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return decimals > 0 ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
