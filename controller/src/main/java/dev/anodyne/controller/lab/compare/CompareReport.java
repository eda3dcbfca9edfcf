package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Page;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.compare.CompareRow.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code report.html} of a comparison: one file, readable without a network. */
final class CompareReport {
  private static final String FOLDER = "compare/";
  private static final int WORST = 25;
  private static final int WORST_OF_EACH = 12;

  /** More points than this are thinned: a picture cannot tell them apart. */
  private static final int MOST_POINTS = 6000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private final CompareResult result;
  private final List<TracedRuns.Group> groups;
  private final Map<CompareRow, RunResult> runs;
  private final Function<CompareRow, String> command;
  private final String reproduce;

  /**
   * @param groups what traces are shown of
   * @param runs their charges
   * @param command makes a charge again
   * @param reproduce makes the comparison again
   */
  CompareReport(
      CompareResult result,
      List<TracedRuns.Group> groups,
      Map<CompareRow, RunResult> runs,
      Function<CompareRow, String> command,
      String reproduce) {
    this.result = result;
    this.groups = groups;
    this.runs = runs;
    this.command = command;
    this.reproduce = reproduce;
  }

  /** Writes the page, complete or not at all. */
  void write(Path file) throws IOException {
    Page.write(file, Page.of(FOLDER + "compare.html", FOLDER + "compare.js", data()));
  }

  Map<String, @Nullable Object> data() {
    List<ContenderStats> stats = result.stats();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("headline", headline(stats.get(0)));
    data.put("subtitle", subtitle());
    data.put("contenders", result.contenders().stream().map(result::label).toList());
    data.put("stats", stats.stream().map(ContenderStats::toMap).toList());
    List<Object> breakdowns = new ArrayList<>();
    result.breakdowns().forEach(b -> breakdowns.add(breakdown(b)));
    data.put("breakdowns", breakdowns);
    data.put("scenarios", scenarioNames());
    data.put("points", points());
    data.put("groups", groups.stream().map(this::group).toList());
    data.put("mostWorst", WORST);
    data.put("worst", worst());
    data.put("failures", result.failures().stream().map(this::row).toList());
    data.put("reproduce", reproduce);
    data.put("footer", "anodyne " + BuildInfo.version() + " · " + LocalDateTime.now().format(TIME));
    return data;
  }

  /** Figures of every part, and for every scenario to which part it belongs. */
  private Map<String, Object> breakdown(CompareResult.Breakdown b) {
    List<Object> parts = new ArrayList<>();
    b.parts()
        .forEach(
            (name, of) ->
                parts.add(
                    Map.of(
                        "name", name, "stats", of.stream().map(ContenderStats::toMap).toList())));
    List<String> names = List.copyOf(b.parts().keySet());
    Map<String, Integer> places = new LinkedHashMap<>();
    for (CompareRow row : result.rows()) {
      String part = CompareResult.partOf(row.scenario(), b.title());
      places.putIfAbsent(row.scenario().name(), names.indexOf(part));
    }
    return Map.of("title", b.title(), "parts", parts, "of", List.copyOf(places.values()));
  }

  private static String headline(ContenderStats first) {
    if (!Double.isFinite(first.medianMinutes().value())) {
      return first.label() + " reached no target in " + first.charges() + " charges";
    }
    long plated = Math.round(first.plated().value() * first.charges());
    return String.format(
        Locale.ROOT,
        "%s: %.1f minutes at the median, plating in %d of %d charges",
        first.label(),
        first.medianMinutes().value(),
        plated,
        first.charges());
  }

  private String subtitle() {
    long scenarios = result.rows().stream().map(r -> r.scenario().name()).distinct().count();
    return String.format(
        Locale.ROOT,
        "%d charges: %s by %s, decisions every %s",
        result.rows().size(),
        counted(scenarios, "scenario"),
        counted(result.contenders().size(), "contender"),
        String.join(
            " or ",
            result.rows().stream()
                .map(r -> Numbers.shortest(r.scenario().periodSeconds()) + " s")
                .distinct()
                .toList()));
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private List<String> scenarioNames() {
    return result.rows().stream().map(r -> r.scenario().name()).distinct().toList();
  }

  /** Of each contender the charges as flat lists: minutes, lowest mV, scenario, reached. */
  private List<Object> points() {
    Map<String, Integer> places = new LinkedHashMap<>();
    scenarioNames().forEach(name -> places.put(name, places.size()));
    int stride = Math.max(1, (result.rows().size() + MOST_POINTS - 1) / MOST_POINTS);
    List<Object> all = new ArrayList<>();
    for (Contender contender : result.contenders()) {
      List<Double> minutes = new ArrayList<>();
      List<Double> lowest = new ArrayList<>();
      List<Integer> scenario = new ArrayList<>();
      List<Integer> reached = new ArrayList<>();
      int n = 0;
      for (CompareRow row : result.rows()) {
        Outcome outcome = row.outcome();
        if (outcome == null || !row.contender().equals(contender) || n++ % stride != 0) {
          continue;
        }
        minutes.add(rounded(outcome.summary().minutes(), 100));
        lowest.add(rounded(outcome.summary().minAnodePotentialVolts() * 1e3, 100));
        scenario.add(Objects.requireNonNull(places.get(row.scenario().name())));
        reached.add(outcome.reached() ? 1 : 0);
      }
      all.add(
          Map.of("minutes", minutes, "lowestMv", lowest, "scenario", scenario, "reached", reached));
    }
    return all;
  }

  private Map<String, @Nullable Object> group(TracedRuns.Group group) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("title", group.title());
    map.put("about", group.about());
    List<Object> traces = new ArrayList<>();
    for (CompareRow row : group.rows()) {
      RunResult run = Objects.requireNonNull(runs.get(row));
      traces.add(
          TraceData.of(
              run,
              result.label(row.contender()),
              result.contenders().indexOf(row.contender()),
              command.apply(row)));
    }
    map.put("runs", traces);
    map.put("limits", TraceData.limits(group.rows().get(0).scenario()));
    return map;
  }

  /** The worst of all, and the worst of each contender. */
  private List<Map<String, @Nullable Object>> worst() {
    List<CompareRow> sorted = result.worstFirst();
    Set<CompareRow> kept = new LinkedHashSet<>(sorted.subList(0, Math.min(WORST, sorted.size())));
    for (Contender contender : result.contenders()) {
      sorted.stream()
          .filter(r -> r.contender().equals(contender))
          .limit(WORST_OF_EACH)
          .forEach(kept::add);
    }
    return sorted.stream().filter(kept::contains).map(this::row).toList();
  }

  private Map<String, @Nullable Object> row(CompareRow row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("contender", result.contenders().indexOf(row.contender()));
    map.put("scenario", row.scenario().name());
    map.put("command", command.apply(row));
    Outcome outcome = row.outcome();
    if (outcome == null) {
      map.put("error", row.error());
      return map;
    }
    map.put("minutes", rounded(outcome.summary().minutes(), 100));
    map.put("reached", outcome.reached());
    map.put("lowestMv", rounded(outcome.summary().minAnodePotentialVolts() * 1e3, 1000));
    map.put("exposure", outcome.summary().platingExposureVoltSeconds());
    map.put("optimisticMv", finite(outcome.summary().estimatorP99OptimisticMillivolts()));
    map.put("limits", outcome.violations().stream().filter(v -> !v.startsWith("Anode")).toList());
    return map;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? rounded(value, 100) : null;
  }

  private static double rounded(double value, double perUnit) {
    return Math.rint(value * perUnit) / perUnit;
  }
}
