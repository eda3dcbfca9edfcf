package dev.anodyne.controller.lab.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A study in figures: all charges, and parts of them. */
final class StudySummary {
  private final List<StudyRow> rows;

  StudySummary(List<StudyRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Figures of one part. */
  private record Part(String name, List<StudyRow> rows) {
    int plated() {
      return (int) rows.stream().filter(StudyRow::isPlated).count();
    }

    double lowestMillivolts() {
      return 1e3 * rows.stream().mapToDouble(StudyRow::lowestVolts).min().orElse(Double.NaN);
    }

    int reached() {
      return (int) rows.stream().filter(StudyRow::reached).count();
    }

    double minutes(double share) {
      double[] sorted = rows.stream().mapToDouble(StudyRow::minutes).sorted().toArray();
      return sorted[(int) Math.min(share * sorted.length, sorted.length - 1.0)];
    }

    double gapMillivolts() {
      double[] sorted =
          rows.stream().mapToDouble(StudyRow::gapVolts).filter(Double::isFinite).sorted().toArray();
      return sorted.length == 0 ? Double.NaN : 1e3 * sorted[sorted.length / 2];
    }

    double exposure() {
      return rows.stream().mapToDouble(StudyRow::exposureVoltSeconds).max().orElse(Double.NaN);
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    add(parts, "all", r -> true);
    add(parts, "first charge", r -> r.sessions() == 0);
    add(parts, "identified", r -> r.sessions() > 0);
    for (StudyBattery.Age age : StudyBattery.Age.values()) {
      add(parts, age.name().toLowerCase(Locale.ROOT), r -> r.battery().age() == age);
    }
    rows.stream()
        .mapToDouble(r -> r.charge().celsius())
        .distinct()
        .sorted()
        .forEach(
            c ->
                add(
                    parts,
                    String.format(Locale.ROOT, "%.0f °C", c),
                    r -> r.charge().celsius() == c));
    IntStream.of(5, 10, 30, 50)
        .forEach(
            from ->
                add(
                    parts,
                    "from " + from + " %",
                    r -> Math.round(100 * r.charge().fromSoc()) == from));
    return parts;
  }

  private void add(List<Part> parts, String name, Predicate<StudyRow> which) {
    List<StudyRow> part = rows.stream().filter(which).toList();
    if (!part.isEmpty()) {
      parts.add(new Part(name, part));
    }
  }

  /** A table for people. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                "%-14s %7s %7s %15s %10s %12s %8s %28s %8s%n",
                "",
                "charges",
                "plated",
                "(95 %)",
                "lowest mV",
                "exposure V.s",
                "reached",
                "minutes 10/50/90 %",
                "gap mV"));
    for (Part p : parts()) {
      ExactShare share = new ExactShare(p.plated(), p.rows().size());
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s %7d %7d %6.2f–%6.2f %% %10.2f %12.4f %8d %10.1f %8.1f %8.1f %8.1f%n",
              p.name(),
              p.rows().size(),
              p.plated(),
              100 * share.low(),
              100 * share.high(),
              p.lowestMillivolts(),
              p.exposure(),
              p.reached(),
              p.minutes(0.1),
              p.minutes(0.5),
              p.minutes(0.9),
              p.gapMillivolts()));
    }
    return text.toString().stripTrailing();
  }

  /** The same for programs. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Part p : parts()) {
      ExactShare share = new ExactShare(p.plated(), p.rows().size());
      Map<String, @Nullable Object> part = new LinkedHashMap<>();
      part.put("charges", p.rows().size());
      part.put("plated", p.plated());
      part.put("plated_low_95", share.low());
      part.put("plated_high_95", share.high());
      part.put("lowest_anode_potential_V", p.lowestMillivolts() * 1e-3);
      part.put("most_exposure_Vs", p.exposure());
      part.put("reached", p.reached());
      part.put("minutes_p10", p.minutes(0.1));
      part.put("minutes_p50", p.minutes(0.5));
      part.put("minutes_p90", p.minutes(0.9));
      part.put("median_gap_V", finite(p.gapMillivolts() * 1e-3));
      map.put(p.name(), part);
    }
    return map;
  }

  /** The largest upper end of the parts' intervals, 0–1. */
  double widestShare() {
    return parts().stream()
        .mapToDouble(p -> new ExactShare(p.plated(), p.rows().size()).high())
        .max()
        .orElse(1);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
