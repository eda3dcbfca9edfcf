package dev.anodyne.controller.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.lab.ChargeSummary;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Journal;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resuming, failing and being interrupted, with charges that take no time. */
class ComparisonRunTest {
  private static final Contender MPC = new Contender("mpc", "physics");
  private static final Contender MAP = new Contender("map", "physics");

  @TempDir Path folder;
  private final Set<String> computed = ConcurrentHashMap.newKeySet();

  @Test
  void computesOnlyWhatTheJournalDoesNotHold() throws Exception {
    List<CompareRow> before = compare(tasks(3, MPC), this::charge);
    computed.clear();
    List<CompareRow> after = compare(tasks(4, MPC, MAP), this::charge);

    assertThat(after).hasSize(8).containsAll(before);
    assertThat(computed).hasSize(5).doesNotContain("mpc 1", "mpc 2", "mpc 3");
    assertThat(after.get(1).contender()).isEqualTo(MAP);
  }

  @Test
  void aTornLastLineCostsItsOwnChargeOnly() throws Exception {
    compare(tasks(3, MPC), this::charge);
    Path journal = folder.resolve(Journal.FILE);
    String whole = Files.readString(journal);
    Files.writeString(journal, whole.substring(0, whole.length() - 20));
    computed.clear();

    List<CompareRow> after = compare(tasks(3, MPC), this::charge);

    assertThat(computed).hasSize(1);
    assertThat(after).allSatisfy(row -> assertThat(row.outcome()).isNotNull());
    computed.clear();
    compare(tasks(3, MPC), this::charge);
    assertThat(computed).isEmpty();
  }

  @Test
  void figuresComeBackFromTheJournalWithEveryDigit() throws Exception {
    List<CompareRow> before = compare(tasks(2, MPC), this::charge);

    assertThat(compare(tasks(2, MPC), this::charge)).isEqualTo(before);
    assertThat(before.get(0).outcome()).isNotNull();
  }

  @Test
  void anotherSoftwareOrScenarioIsAnotherCharge() {
    Scenario scenario = scenarios(1).get(0);
    String key = new TaskDigest("1.0").task(scenario, MPC).key();

    assertThat(new TaskDigest("1.0").task(scenario, MPC).key()).isEqualTo(key);
    assertThat(new TaskDigest("1.1").task(scenario, MPC).key()).isNotEqualTo(key);
    assertThat(new TaskDigest("1.0").task(scenario, MAP).key()).isNotEqualTo(key);
    assertThat(new TaskDigest("1.0").task(scenarios(2).get(1), MPC).key()).isNotEqualTo(key);
  }

  @Test
  void aChangedPolicyFileIsAnotherCharge() throws IOException {
    Path policy = Files.writeString(folder.resolve("p.yaml"), "a: 1\n");
    Scenario scenario = scenarios(1).get(0);
    Contender who = new Contender(policy.toString(), "physics");
    String key = new TaskDigest("1.0").task(scenario, who).key();
    Files.writeString(policy, "a: 2\n");

    assertThat(new TaskDigest("1.0").task(scenario, who).key()).isNotEqualTo(key);
  }

  @Test
  void anExceptionFailsItsRowAndNoOther() throws Exception {
    List<CompareRow> rows =
        compare(
            tasks(3, MPC),
            task -> {
              if (task.scenario().seed() == 2) {
                throw new IllegalStateException("The estimator failed.\nDetails.");
              }
              return charge(task);
            });

    assertThat(rows).extracting(CompareRow::error).containsExactly("", "The estimator failed.", "");
    assertThat(rows.get(1).outcome()).isNull();
    // Next time may be better: failures are not kept.
    computed.clear();
    compare(tasks(3, MPC), this::charge);
    assertThat(computed).containsExactly("mpc 2");
  }

  @Test
  void closingKeepsWhatIsFinished() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    Journal<CompareRow.Outcome> journal = open();
    ComparisonRun run = new ComparisonRun(new ScenarioRunner(), folder, journal, 1);
    Thread main =
        new Thread(
            () -> {
              try {
                run.run(
                    tasks(3, MPC),
                    Progress.NONE,
                    task -> {
                      if (task.scenario().seed() == 3) {
                        blocked.countDown();
                        Thread.sleep(60_000);
                      }
                      return charge(task);
                    });
              } catch (InterruptedException | RuntimeException e) {
                // It was ended.
              }
            });
    main.start();
    blocked.await();
    run.close();
    journal.close();
    main.join(10_000);

    assertThat(main.isAlive()).isFalse();
    computed.clear();
    compare(tasks(3, MPC), this::charge);
    assertThat(computed).containsExactly("mpc 3");
  }

  @Test
  void twoComparisonsDoNotShareAFolder() throws Exception {
    try (Journal<CompareRow.Outcome> first = open()) {
      assertThat(first.finished()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--report: another process writes results to");
    }
  }

  private List<CompareRow> compare(List<CompareTask> tasks, ComparisonRun.Charging charging)
      throws IOException, InterruptedException {
    try (Journal<CompareRow.Outcome> journal = open();
        ComparisonRun run = new ComparisonRun(new ScenarioRunner(), folder, journal, 2)) {
      return run.run(tasks, Progress.NONE, charging);
    }
  }

  private Journal<CompareRow.Outcome> open() throws IOException {
    return Journal.open("--report", folder, CompareRow.Outcome.class);
  }

  private static List<CompareTask> tasks(int seeds, Contender... contenders) {
    CompareRequest request =
        new CompareRequest(List.of(contenders), new ScenarioGrid(scenarios(seeds)));
    return request.tasks(new TaskDigest("test"));
  }

  private static List<Scenario> scenarios(int seeds) {
    return ScenarioAxes.REFERENCE.with(10, 1, seeds).expand();
  }

  /** Figures with all digits, and one that does not exist. */
  private RunResult charge(CompareTask task) {
    long seed = task.scenario().seed();
    computed.add(task.contender().policy() + " " + seed);
    ChargeSummary summary =
        new ChargeSummary(
            30 + Math.sqrt(seed),
            0.8,
            0.001 / seed,
            0,
            4.2,
            35,
            Double.NaN,
            Double.NaN,
            1,
            2,
            3,
            0,
            0,
            task.contender().policy(),
            "physics",
            "lgm50",
            seed,
            "test");
    return new RunResult("run", true, summary, List.of(), List.of("A limit, passed."));
  }
}
