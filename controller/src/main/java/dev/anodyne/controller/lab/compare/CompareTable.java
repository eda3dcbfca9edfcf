package dev.anodyne.controller.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The result for a terminal: one line a contender. */
final class CompareTable {
  private static final List<String> HEAD =
      List.of(
          "",
          "charges",
          "reached",
          "median min (95 %)",
          "against first (95 %)",
          "plated (95 %)",
          "lowest mV",
          "1 % mV",
          "limits passed",
          "RMSE mV",
          "fallback");

  /** What is told besides where there are departures, until then: means. */
  private static final List<String> STAY = List.of("in time", "lost %", "energy Wh", "cost");

  private CompareTable() {}

  static String text(List<ContenderStats> stats) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    stats.forEach(s -> lines.add(line(s)));
    if (stats.stream().anyMatch(s -> s.stay().isPresent())) {
      lines.set(0, with(HEAD, STAY));
      for (int i = 0; i < stats.size(); i++) {
        lines.set(i + 1, with(lines.get(i + 1), stay(stats.get(i).stay())));
      }
    }
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(text.isEmpty() ? "" : "\n");
      for (int i = 0; i < widths.length; i++) {
        String format = i == 0 ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
        text.append(String.format(Locale.ROOT, format, line.get(i)));
      }
    }
    return text.toString();
  }

  private static List<String> with(List<String> line, List<String> more) {
    List<String> all = new ArrayList<>(line);
    all.addAll(more);
    return all;
  }

  private static List<String> stay(Optional<StayFigures> figures) {
    return figures
        .map(
            f ->
                List.of(
                    percent(f.inTime(), 0),
                    number(f.lostPercent(), "%.5f"),
                    number(1e3 * f.gridKilowattHours(), "%.2f"),
                    number(f.cost(), "%.5f")))
        .orElse(List.of("–", "–", "–", "–"));
  }

  private static List<String> line(ContenderStats s) {
    return List.of(
        s.label(),
        s.charges() + (s.failed() > 0 ? " (+" + s.failed() + " failed)" : ""),
        percent(s.reached().value(), 0),
        interval(s.medianMinutes(), 1, 1, ""),
        interval(s.againstFirst(), 100, 1, " %"),
        interval(s.plated(), 100, 1, " %"),
        millivolts(s.lowestVolts()),
        millivolts(s.lowestPercentVolts()),
        percent(s.limitsPassed().value(), 1),
        number(s.estimatorRmseMillivolts(), "%.2f"),
        percent(s.fallbackShare(), 1));
  }

  private static String interval(Interval i, double scale, int digits, String unit) {
    if (!Double.isFinite(i.value())) {
      return "–";
    }
    String format = "%." + digits + "f";
    String value = number(scale * i.value(), format) + unit;
    return i.hasEnds()
        ? value
            + " ("
            + number(scale * i.low(), format)
            + "…"
            + number(scale * i.high(), format)
            + ")"
        : value;
  }

  private static String millivolts(double volts) {
    return number(volts * 1e3, "%+.1f");
  }

  private static String percent(double share, int digits) {
    return number(100 * share, "%." + digits + "f") + " %";
  }

  private static String number(double value, String format) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
  }
}
