package dev.anodyne.hil.report;

import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Results in the form that Allure's report generator reads (allure-results, version 2): one test a
 * run, one step a check, the recording attached. FAIL is failed, INVALID and ERROR are broken,
 * INCONCLUSIVE is skipped.
 */
public final class AllureResults {
  private AllureResults() {}

  /** Name of the file of one run. */
  public static String fileName(ScenarioResult r) {
    return uuid(r) + "-result.json";
  }

  /** Name under which a run's recording is attached. */
  public static String attachmentName(ScenarioResult r) {
    return uuid(r) + "-attachment.csv";
  }

  /**
   * One run, for JSON.
   *
   * @param endMillis when it ended, Unix time
   * @param isAttached whether its recording is beside it, see {@link #attachmentName}
   */
  public static Map<String, Object> json(ScenarioResult r, long endMillis, boolean isAttached) {
    long startMillis = endMillis - Math.round(1000 * r.wallSeconds());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("uuid", uuid(r));
    // The same history for the same scenario, controller and seed, whatever its verdict.
    json.put("historyId", uuid(r));
    json.put("testCaseId", hash(r.id()));
    json.put("fullName", "anodyne.hil." + r.id());
    json.put("name", r.title().isBlank() ? r.id() : r.title());
    json.put("status", status(r.verdict()));
    json.put("statusDetails", Map.of("message", message(r)));
    json.put("stage", "finished");
    json.put("start", startMillis);
    json.put("stop", endMillis);
    List<Object> labels = new ArrayList<>();
    labels.add(label("framework", "anodyne hil"));
    labels.add(label("parentSuite", r.sut()));
    labels.add(label("suite", r.id()));
    r.verifies().forEach(requirement -> labels.add(label("story", requirement)));
    json.put("labels", labels);
    json.put(
        "parameters",
        List.of(
            parameter("controller", r.sut()),
            parameter("seed", String.valueOf(r.seed())),
            parameter("stated", r.stated().name())));
    json.put("steps", r.checks().stream().map(c -> step(c, startMillis, endMillis)).toList());
    json.put(
        "attachments",
        isAttached
            ? List.of(Map.of("name", "channels", "source", attachmentName(r), "type", "text/csv"))
            : List.of());
    return json;
  }

  private static Map<String, Object> step(CheckResult check, long start, long stop) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("name", check.name() + " (margin " + HtmlReport.margin(check) + ")");
    step.put("status", status(check.verdict()));
    step.put("statusDetails", Map.of("message", check.detail(), "trace", check.formula()));
    step.put("stage", "finished");
    step.put("start", start);
    step.put("stop", stop);
    return step;
  }

  private static String message(ScenarioResult r) {
    if (!r.reason().isEmpty()) {
      return r.reason();
    }
    return r.worstCheck().map(c -> c.name() + ": " + c.detail()).orElse("");
  }

  private static String status(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "passed";
      case FAIL -> "failed";
      case INCONCLUSIVE -> "skipped";
      case INVALID, ERROR -> "broken";
    };
  }

  private static Map<String, String> label(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static Map<String, String> parameter(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static String uuid(ScenarioResult r) {
    return hash(r.id() + "\n" + r.sut() + "\n" + r.seed());
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
