package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.recording.OpenLoopReplay;
import dev.anodyne.controller.lab.recording.OpenLoopResult;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison of decisions in words and figures. */
final class OpenLoopText {
  private OpenLoopText() {}

  static String of(OpenLoopResult r, @Nullable Path csv) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Open-loop comparison: %s on %s, on what was measured while %s on %s charged.%n"
                + "The battery did not feel it: each decision is for where the recorded ones had"
                + " led.",
            r.policy(),
            r.estimator(),
            r.recordedPolicy(),
            r.recordedEstimator()));
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d of %d decisions differ by more than %.0f mA or in their rung%s.",
            r.differing(),
            r.compared(),
            OpenLoopReplay.NOTICEABLE_AMPS * 1e3,
            r.fromStep() > 1 ? ", from decision " + r.fromStep() + " on" : ""));
    if (r.differing() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nOther minus recorded cell current: mean %+.3f A, largest %+.3f A at decision %d.",
              r.meanAmps(),
              r.largestAmps(),
              r.largestAt()));
      table(r, text);
    }
    r.remarks().forEach(remark -> text.append('\n').append(remark));
    if (csv != null) {
      text.append("\nEvery decision in ").append(csv).append('.');
    }
    return text.toString();
  }

  private static void table(OpenLoopResult r, StringBuilder text) {
    text.append("\nFirst differences:");
    text.append(
        String.format(
            "%n  %8s %10s %12s %10s %12s %10s  %-30s %s",
            "decision",
            "time [s]",
            "recorded [A]",
            "other [A]",
            "bound [mV]",
            "other [mV]",
            "recorded",
            "other"));
    for (OpenLoopResult.Row row : r.first()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %8d %10.3f %12.4f %10.4f %12.3f %10.3f  %-30s %s",
              row.decision(),
              row.seconds(),
              row.recordedAmps(),
              row.otherAmps(),
              row.recordedBoundVolts() * 1e3,
              row.otherBoundVolts() * 1e3,
              row.recordedSource() + " " + row.recordedConstraint(),
              row.otherSource() + " " + row.otherConstraint()));
    }
    if (r.differing() > r.first().size()) {
      text.append("\n  and ").append(r.differing() - r.first().size()).append(" more");
    }
  }
}
