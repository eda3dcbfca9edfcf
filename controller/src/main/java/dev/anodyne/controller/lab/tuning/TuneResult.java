package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.config.PolicyFileWriter;
import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param request what was asked
 * @param evaluations candidates that were tried
 * @param judged candidates that were judged on the other seeds
 * @param before the policy as it was, on the seeds of the search
 * @param judgedBefore the same on the other seeds
 * @param best what was chosen; without {@code judgedAfter} the best that was not good enough
 * @param judgedAfter it on the other seeds; empty when nothing without plating was found
 */
public record TuneResult(
    TuneRequest request,
    int evaluations,
    int judged,
    Figures before,
    Figures judgedBefore,
    Tuning.Candidate best,
    Optional<Figures> judgedAfter) {

  /** Whether there is a policy to write. */
  public boolean found() {
    return judgedAfter.isPresent();
  }

  /** The tuned policy under its name. */
  static PolicySpec named(PolicySpec original, PolicySpec tuned) {
    String suffix = "-tuned";
    String name = original.name().endsWith(suffix) ? original.name() : original.name() + suffix;
    return tuned.withName(name.substring(0, Math.min(80, name.length())), original.version());
  }

  /** The text of the policy's file, with where it comes from. */
  public String yaml() {
    Figures after = judgedAfter.orElseThrow();
    return provenance(request, evaluations)
        + String.format(
            Locale.ROOT,
            "# Judged on %d charges with other seeds (%s), candidate number %d that was judged:%n"
                + "#   before: %s%n#   after:  %s%n",
            request.validation().size(),
            TuneRequest.digest(request.validation()),
            judged,
            judgedBefore.text(),
            after.text())
        + PolicyFileWriter.text(named(request.spec(), best.spec()), request.ranges());
  }

  /** The text of a policy that a stopped search leaves behind. */
  static String unjudged(TuneRequest request, int evaluations, Tuning.Candidate best) {
    return provenance(request, evaluations)
        + "# STOPPED before it was judged. On the seeds of the search, which flatter it:\n"
        + "#   "
        + best.figures().text()
        + "\n"
        + PolicyFileWriter.text(named(request.spec(), best.spec()), request.ranges());
  }

  private static String provenance(TuneRequest request, int evaluations) {
    return String.format(
        Locale.ROOT,
        "# Tuned by `anodyne tune`, version %s, from %s.%n"
            + "# CMA-ES with seed %d, %d candidates on %d charges of %s (%s).%n",
        BuildInfo.version(),
        request.spec().identity(),
        request.seed(),
        evaluations,
        request.training().size(),
        request.scenarioFile(),
        TuneRequest.digest(request.training()));
  }

  /** For {@code --json}. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("found", found());
    map.put("policy", request.spec().identity().toString());
    map.put("scenarios", request.scenarioFile());
    map.put("scenarios_digest", TuneRequest.digest(request.training()));
    map.put("validation_digest", TuneRequest.digest(request.validation()));
    map.put("seed", request.seed());
    map.put("evaluations", evaluations);
    map.put("judged", judged);
    map.put("validation_before", judgedBefore.toMap());
    map.put("validation_after", judgedAfter.map(Figures::toMap).orElse(null));
    map.put("training_before", before.toMap());
    map.put("training_after", best.figures().toMap());
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String key : request.ranges().keySet()) {
      parameters.put(
          key,
          Map.of(
              "before",
              SearchSpace.value(request.spec(), key),
              "after",
              SearchSpace.value(best.spec(), key)));
    }
    map.put("parameters", parameters);
    return map;
  }

  /** For a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d candidates on %d charges; judged on %d charges with other seeds:%n",
            evaluations,
            request.training().size(),
            request.validation().size()));
    text.append("  before  ").append(judgedBefore.text()).append('\n');
    text.append("  after   ")
        .append(
            judgedAfter
                .map(Figures::text)
                .orElse(
                    "nothing without plating was found; the nearest, while searching: "
                        + best.figures().text()))
        .append('\n');
    for (String key : request.ranges().keySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-32s %10.5g -> %.5g%n",
              key,
              SearchSpace.value(request.spec(), key),
              SearchSpace.value(best.spec(), key)));
    }
    return text.toString().stripTrailing();
  }
}
