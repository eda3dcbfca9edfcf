package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The charges of which the report shows traces and plans: the journal keeps figures only, so they
 * are made again, which gives the same charges. Few, so that the report stays small.
 */
final class TracedRuns {
  private static final int MOST_TOGETHER = 8;
  private static final List<String> ORDINALS = List.of("", "second", "third");
  private static final int WORST_OF_FIRST = ORDINALS.size();

  private final CompareResult result;

  TracedRuns(CompareResult result) {
    this.result = result;
  }

  /**
   * Charges that are shown in one picture.
   *
   * @param title what they have in common
   * @param about why they are shown
   * @param rows in the order of the contenders, or one
   */
  record Group(String title, String about, List<CompareRow> rows) {}

  /** A middling scenario by everybody; everybody's worst; the first contender's slowest. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    List<CompareRow> own =
        result.rows().stream()
            .filter(r -> r.contender().equals(result.contenders().get(0)))
            .filter(r -> r.outcome() != null)
            .sorted(Comparator.comparingDouble(TracedRuns::minutes))
            .toList();
    if (!own.isEmpty()) {
      String middling = own.get((own.size() - 1) / 2).scenario().name();
      groups.add(
          new Group(
              middling,
              "The scenario in which " + first() + " takes its median time, charged by everybody.",
              result.rows().stream()
                  .filter(r -> r.scenario().name().equals(middling) && r.outcome() != null)
                  .limit(MOST_TOGETHER)
                  .toList()));
    }
    int contenders = 0;
    for (Contender contender : result.contenders()) {
      List<CompareRow> worst =
          result.worstFirst().stream()
              .filter(r -> r.contender().equals(contender))
              .limit(contenders == 0 ? WORST_OF_FIRST : 1)
              .toList();
      for (int i = 0; i < worst.size() && contenders < MOST_TOGETHER; i++) {
        String about =
            "The "
                + (i == 0 ? "" : ORDINALS.get(i) + " ")
                + "lowest true anode potential of "
                + result.label(contender)
                + ".";
        groups.add(new Group(title(worst.get(i)), about, List.of(worst.get(i))));
      }
      contenders++;
    }
    if (own.size() > 1) {
      CompareRow slowest = own.get(own.size() - 1);
      if (groups.stream().noneMatch(g -> g.rows().equals(List.of(slowest)))) {
        groups.add(new Group(title(slowest), "The slowest of " + first() + ".", List.of(slowest)));
      }
    }
    return groups;
  }

  /** Makes the charges of all groups again. */
  Map<CompareRow, RunResult> runs(
      List<Group> groups, ScenarioRunner runner, Path report, ComparisonRun pool, Progress progress)
      throws InterruptedException {
    Set<CompareRow> wanted = new LinkedHashSet<>();
    groups.forEach(g -> wanted.addAll(g.rows()));
    List<CompareRow> rows = List.copyOf(wanted);
    List<RunResult> again = pool.all(rows, row -> again(row, runner, report), progress);
    Map<CompareRow, RunResult> runs = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      runs.put(rows.get(i), again.get(i));
    }
    return runs;
  }

  private static RunResult again(CompareRow row, ScenarioRunner runner, Path report)
      throws InterruptedException {
    Scenario scenario = row.scenario();
    ChargeSetup setup = runner.setup(scenario, row.contender());
    Path file = BatteryFiles.file(report, row.key());
    if (!scenario.known()) {
      return runner.runAs(scenario, setup);
    }
    BatteryRecord battery =
        Files.exists(file) ? BatteryFile.read(file, setup.cell()) : runner.earlier(scenario, setup);
    return runner.runAs(scenario, ScenarioRunner.withKnown(setup, battery));
  }

  private String first() {
    return result.label(result.contenders().get(0));
  }

  private String title(CompareRow row) {
    return result.label(row.contender()) + ": " + row.scenario().name();
  }

  private static double minutes(CompareRow row) {
    CompareRow.Outcome outcome = row.outcome();
    return outcome == null ? Double.NaN : outcome.summary().minutes();
  }
}
