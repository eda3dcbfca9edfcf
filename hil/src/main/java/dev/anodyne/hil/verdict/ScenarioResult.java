package dev.anodyne.hil.verdict;

import dev.anodyne.hil.stl.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario ended.
 *
 * @param id of the scenario
 * @param title of the scenario
 * @param file where it is from
 * @param verifies requirements that it is about
 * @param sut the controller
 * @param seed of the run
 * @param verdict the worst of the checks, or what kept them from being judged
 * @param stated what the scenario states for this controller
 * @param reason why it is INVALID or ERROR; empty otherwise
 * @param checks in the order of the scenario
 * @param faults when faults were there
 * @param simulatedSeconds plant time of the run, s
 * @param wallSeconds how long it took, s
 * @param trace what was recorded; null when nothing was
 */
public record ScenarioResult(
    String id,
    String title,
    String file,
    List<String> verifies,
    String sut,
    long seed,
    Verdict verdict,
    Verdict stated,
    String reason,
    List<CheckResult> checks,
    List<FaultSpan> faults,
    double simulatedSeconds,
    double wallSeconds,
    @Nullable Trace trace) {
  /**
   * A stretch of time in which a fault was there.
   *
   * @param fault its id
   * @param fromSeconds its beginning, plant time, s
   * @param toSeconds its end, plant time, s
   */
  public record FaultSpan(String fault, double fromSeconds, double toSeconds) {}

  public ScenarioResult {
    verifies = List.copyOf(verifies);
    checks = List.copyOf(checks);
    faults = List.copyOf(faults);
  }

  /** Whether it ended as the scenario states for this controller. */
  public boolean isAsStated() {
    return verdict == stated;
  }

  /** The check to look at first: the first of those with the worst verdict. */
  public Optional<CheckResult> worstCheck() {
    // Margins of different units cannot be compared, so the scenario's order decides.
    return checks.stream()
        .min(Comparator.comparingInt((CheckResult check) -> -check.verdict().ordinal()));
  }
}
