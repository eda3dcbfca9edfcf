package dev.anodyne.controller.cli;

import dev.anodyne.hil.report.HtmlReport;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of bench runs as text and as JSON. */
final class HilResultText {
  private HilResultText() {}

  /** One line: verdict, scenario, worst check with its margin. */
  static String line(ScenarioResult r, boolean withSeed) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-12s %-34s", r.verdict(), name(r, withSeed)));
    if (!r.reason().isEmpty()) {
      line.append(' ').append(r.reason());
    } else {
      r.worstCheck()
          .ifPresent(
              c ->
                  line.append(
                      String.format(
                          Locale.ROOT,
                          " %s: %s at %.1f s",
                          c.name(),
                          HtmlReport.margin(c),
                          c.timeSeconds())));
    }
    if (!r.isAsStated()) {
      line.append("  [stated: ").append(r.stated()).append(']');
    }
    return line.toString();
  }

  private static String name(ScenarioResult r, boolean withSeed) {
    return r.id() + (withSeed ? " #" + r.seed() : "");
  }

  static String summary(List<ScenarioResult> results) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = results.stream().filter(r -> r.verdict() == verdict).count();
      if (count > 0) {
        parts.add(count + " " + verdict);
      }
    }
    double simulated = results.stream().mapToDouble(ScenarioResult::simulatedSeconds).sum();
    double wall = results.stream().mapToDouble(ScenarioResult::wallSeconds).sum();
    long stated = results.stream().filter(ScenarioResult::isAsStated).count();
    return String.format(
        Locale.ROOT,
        "%s of %d; %d as stated. %.0f plant minutes in %.0f s of runs.",
        String.join(", ", parts),
        results.size(),
        stated,
        simulated / 60,
        wall);
  }

  /** Over the seeds of each scenario and check: mean, standard deviation and worst margin. */
  static List<String> statistics(List<ScenarioResult> results) {
    Map<String, List<CheckResult>> byCheck = new LinkedHashMap<>();
    for (ScenarioResult r : results) {
      for (CheckResult c : r.checks()) {
        byCheck.computeIfAbsent(r.id() + " / " + c.name(), k -> new ArrayList<>()).add(c);
      }
    }
    List<String> lines = new ArrayList<>();
    byCheck.forEach(
        (name, checks) -> {
          double[] margins =
              checks.stream().mapToDouble(CheckResult::margin).filter(Double::isFinite).toArray();
          long passed = checks.stream().filter(c -> c.verdict() == Verdict.PASS).count();
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%-50s %d of %d PASS%s",
                  name,
                  passed,
                  checks.size(),
                  spread(margins, checks.get(0).marginUnit())));
        });
    return lines;
  }

  private static String spread(double[] margins, String unit) {
    if (margins.length == 0) {
      return "";
    }
    double mean = java.util.Arrays.stream(margins).average().orElse(Double.NaN);
    double worst = java.util.Arrays.stream(margins).min().orElse(Double.NaN);
    double squares = 0;
    for (double margin : margins) {
      squares += (margin - mean) * (margin - mean);
    }
    double sigma = margins.length > 1 ? Math.sqrt(squares / (margins.length - 1)) : 0;
    return String.format(
        Locale.ROOT, ", margin %.4g ± %.3g, worst %.4g %s", mean, sigma, worst, unit);
  }

  static Map<String, Object> json(List<ScenarioResult> results) {
    List<Object> runs = new ArrayList<>();
    for (ScenarioResult r : results) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("scenario", r.id());
      run.put("title", r.title());
      run.put("file", r.file());
      run.put("verifies", r.verifies());
      run.put("sut", r.sut());
      run.put("seed", r.seed());
      run.put("verdict", r.verdict().name());
      run.put("stated", r.stated().name());
      run.put("reason", r.reason());
      run.put("simulated_seconds", r.simulatedSeconds());
      run.put("wall_seconds", r.wallSeconds());
      run.put("checks", r.checks().stream().map(HilResultText::json).toList());
      runs.add(run);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.name(), results.stream().filter(r -> r.verdict() == verdict).count());
    }
    all.put("verdicts", counts);
    all.put("as_stated", results.stream().filter(ScenarioResult::isAsStated).count());
    all.put("runs", runs);
    return all;
  }

  private static Map<String, Object> json(CheckResult c) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("name", c.name());
    check.put("verdict", c.verdict().name());
    check.put("margin", Double.isFinite(c.margin()) ? c.margin() : null);
    check.put("unit", c.marginUnit());
    check.put("at_seconds", c.timeSeconds());
    check.put("formula", c.formula());
    check.put("detail", c.detail());
    return check;
  }
}
