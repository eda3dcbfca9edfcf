package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code report.html} of a study: one file, readable without a network. */
final class StudyReport {
  private static final String FOLDER = "study/";
  private static final int WORST = 25;

  /** More points than this are thinned: a picture cannot tell them apart. */
  private static final int MOST_POINTS = 8000;

  /** Bars of shares end at the widest interval, at least here. */
  private static final double LEAST_SHARE = 0.01;

  private static final List<String> AGES = List.of("new", "90 % left", "80 % left");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private final StudyRequest request;
  private final List<StudyRow> rows;
  private final String reproduce;
  private final IntFunction<String> command;

  /**
   * @param reproduce makes the study again
   * @param command makes the charges of a battery again
   */
  StudyReport(
      StudyRequest request, List<StudyRow> rows, String reproduce, IntFunction<String> command) {
    this.request = request;
    this.rows = rows;
    this.reproduce = reproduce;
    this.command = command;
  }

  /** Writes the page, complete or not at all. */
  void write(Path file) throws IOException {
    Page.write(file, Page.of(FOLDER + "study.html", FOLDER + "study.js", data()));
  }

  Map<String, @Nullable Object> data() {
    StudySummary summary = new StudySummary(rows);
    ExactShare plated = plated();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("headline", headline(plated));
    data.put("subtitle", subtitle());
    data.put("tiles", tiles(plated));
    data.put("parts", summary.toMap());
    data.put("shareScale", Math.max(LEAST_SHARE, summary.widestShare()));
    data.put("ages", AGES);
    data.put("points", points());
    data.put("worst", Map.of("lowest", lowest(), "slowest", slowest()));
    data.put("config", config());
    data.put("reproduce", reproduce);
    data.put("footer", "anodyne " + BuildInfo.version() + " · " + LocalDateTime.now().format(TIME));
    return data;
  }

  private ExactShare plated() {
    return new ExactShare((int) rows.stream().filter(StudyRow::isPlated).count(), rows.size());
  }

  private double lowestMillivolts() {
    return 1e3 * rows.stream().mapToDouble(StudyRow::lowestVolts).min().orElse(Double.NaN);
  }

  private String headline(ExactShare plated) {
    return text(
            "%d of %d charges plated; the lowest anode potential was %+.1f mV",
            plated.hits(), plated.trials(), lowestMillivolts())
        .replace('-', '−');
  }

  private String subtitle() {
    return text(
        "%d batteries that differ from what the controller believes, each charged twice; share that"
            + " plated: %s (95 %%)",
        request.batteries(), interval(plated()));
  }

  private static String interval(ExactShare share) {
    return text("%.2g to %.2g %%", 100 * share.low(), 100 * share.high());
  }

  private List<Map<String, String>> tiles(ExactShare plated) {
    boolean bad = plated.hits() > 0;
    double[] minutes =
        rows.stream().filter(StudyRow::reached).mapToDouble(StudyRow::minutes).sorted().toArray();
    long reached = rows.stream().filter(StudyRow::reached).count();
    List<Map<String, String>> tiles = new ArrayList<>();
    tiles.add(tile(Integer.toString(rows.size()), "", "charges", ""));
    tiles.add(tile(Integer.toString(plated.hits()), "", "plated: " + interval(plated), tone(bad)));
    tiles.add(tile(text("%+.1f", lowestMillivolts()), "mV", "lowest anode potential", tone(bad)));
    if (minutes.length > 0) {
      tiles.add(tile(text("%.0f", minutes[minutes.length / 2]), "min", "half within", ""));
      tiles.add(tile(text("%.0f", minutes[minutes.length * 9 / 10]), "min", "90 % within", ""));
    }
    tiles.add(tile(text("%.1f", 100.0 * reached / rows.size()), "%", "reached the target", ""));
    return tiles;
  }

  private static String tone(boolean bad) {
    return bad ? "bad" : "good";
  }

  private static Map<String, String> tile(String value, String unit, String label, String tone) {
    return Map.of("value", value.replace('-', '−'), "unit", unit, "label", label, "tone", tone);
  }

  private List<List<String>> config() {
    return List.of(
        List.of("Cell", request.cell().name()),
        List.of("Policy", request.policy()),
        List.of("Estimator", request.estimator()),
        List.of("Heat transfer", text("%.0f W/m²K", request.heatTransferWattsPerM2Kelvin())),
        List.of("Decisions every", text("%.4g s", request.periodSeconds())),
        List.of("Seed", Long.toString(request.seed())),
        List.of("Batteries", batteries()));
  }

  /** A range where they are one; otherwise how many. */
  private String batteries() {
    int first = request.numbers().stream().min(Integer::compare).orElse(0);
    int last = request.numbers().stream().max(Integer::compare).orElse(0);
    return last - first + 1 == request.batteries()
        ? first + " to " + last
        : request.batteries() + " from " + first + " to " + last;
  }

  private Map<String, Object> points() {
    int stride = Math.max(1, (rows.size() + MOST_POINTS - 1) / MOST_POINTS);
    List<StudyRow> kept = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      // What is worth seeing is never left out.
      if (i % stride == 0 || rows.get(i).isPlated() || !rows.get(i).reached()) {
        kept.add(rows.get(i));
      }
    }
    Map<String, Object> points = new LinkedHashMap<>();
    points.put("battery", column(kept, r -> r.battery().number(), 1));
    points.put("charge", column(kept, StudyRow::number, 1));
    points.put("age", column(kept, r -> r.battery().age().ordinal(), 1));
    points.put("ambientC", column(kept, r -> r.charge().celsius(), 10));
    points.put("fromPercent", column(kept, r -> 100 * r.charge().fromSoc(), 10));
    points.put("biasMv", column(kept, StudyReport::biasMillivolts, 10));
    points.put("earlier", column(kept, r -> Math.min(1, r.sessions()), 1));
    points.put("minutes", column(kept, StudyRow::minutes, 100));
    points.put("lowestMv", column(kept, r -> 1e3 * r.lowestVolts(), 1000));
    points.put("reached", column(kept, r -> r.reached() ? 1 : 0, 1));
    return points;
  }

  private static double biasMillivolts(StudyRow row) {
    return 1e3 * row.charge().sensors().voltage().bias();
  }

  private static List<Double> column(
      List<StudyRow> rows, ToDoubleFunction<StudyRow> value, double perUnit) {
    return rows.stream().map(r -> Math.rint(value.applyAsDouble(r) * perUnit) / perUnit).toList();
  }

  private List<Map<String, @Nullable Object>> lowest() {
    return first(Comparator.comparingDouble(StudyRow::lowestVolts));
  }

  /** Those that did not get there before those that took long. */
  private List<Map<String, @Nullable Object>> slowest() {
    return first(
        Comparator.comparing(StudyRow::reached)
            .thenComparing(Comparator.comparingDouble(StudyRow::minutes).reversed()));
  }

  private List<Map<String, @Nullable Object>> first(Comparator<StudyRow> order) {
    return rows.stream().sorted(order).limit(WORST).map(this::row).toList();
  }

  private Map<String, @Nullable Object> row(StudyRow row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    double bound = 1e3 * row.lowest().anodePotentialLowerBoundVolts();
    map.put("battery", row.battery().number());
    map.put("charge", row.number());
    map.put("age", row.battery().age().ordinal());
    map.put("ambientC", row.charge().celsius());
    map.put("fromPercent", 100 * row.charge().fromSoc());
    map.put("sensors", sensors(row));
    map.put("lowestMv", 1e3 * row.lowestVolts());
    map.put("atMinutes", row.lowest().timeSeconds() / 60);
    map.put("exposure", row.exposureVoltSeconds());
    map.put("minutes", row.minutes());
    map.put("reached", row.reached());
    map.put("boundMv", Double.isFinite(bound) ? bound : null);
    map.put(
        "constraint",
        row.lowest().activeConstraint().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    map.put("command", command.apply(row.battery().number()));
    return map;
  }

  private static String sensors(StudyRow row) {
    var sensors = row.charge().sensors();
    return text(
            "voltage %+.0f mV, noise %.1f mV; current %+.1f %%; temperature %+.0f K",
            1e3 * sensors.voltage().bias(),
            1e3 * sensors.voltage().noise(),
            100 * (sensors.current().gain() - 1),
            sensors.temperature().bias())
        .replace('-', '−');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
