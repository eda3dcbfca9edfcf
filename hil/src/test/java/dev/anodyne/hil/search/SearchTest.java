package dev.anodyne.hil.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioReader;
import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches with a runner whose margins are known beforehand. */
class SearchTest {
  private static final String SCENARIO =
      """
      scenario: valley
      setup: {plant: {initialSoc: 0.3}}
      duration: 100 s
      faults:
        noise: {kind: sensor.noise, target: sensor.voltage, severity: 5 mV, at: 5 s}
      checks:
        - name: far enough
          stl: always (current < 100 A)
      """;

  private static final String SEARCH =
      """
      scenario: valley.yaml
      parameters:
        setup.plant.initialSoc: {from: 0.1, to: 0.9}
        duration: {from: 50 s, to: 500 s, scale: log}
      samples: 60
      sweep: 0.5
      starts: 2
      seed: 7
      """;

  @TempDir private Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("valley.yaml"), SCENARIO);
    Files.writeString(folder.resolve("search.yaml"), SEARCH);
  }

  /** A narrow valley whose floor is at 0.7123 and 211 s: margin −1 there, and 0 some way off. */
  private ScenarioResult valley(Scenario scenario) {
    runs.incrementAndGet();
    double soc = (scenario.plant().initialSoc() - 0.7123) / 0.03;
    double time = Math.log(scenario.durationSeconds() / 211) / 0.1;
    double margin = soc * soc + time * time - 1;
    Verdict verdict = margin > 0 ? Verdict.PASS : Verdict.FAIL;
    CheckResult check = new CheckResult("far enough", verdict, margin, "A", 3, "", "", List.of());
    return new ScenarioResult(
        scenario.id(),
        "",
        "",
        List.of(),
        "fake",
        1,
        verdict,
        Verdict.PASS,
        "",
        List.of(check),
        List.of(),
        1,
        1,
        null);
  }

  private List<SearchSample> search(Path out, ScenarioSuite.Runner runner, int threads)
      throws IOException, InterruptedException {
    SearchPlan plan = SearchReader.read(folder.resolve("search.yaml"));
    try (SearchRun run = new SearchRun(plan, "fake", runner, out, (done, of, worst) -> {})) {
      return run.run(threads);
    }
  }

  private void longer() throws IOException {
    String longer =
        SEARCH.replace("samples: 60", "samples: 300").replace("sweep: 0.5", "sweep: 0.3");
    Files.writeString(folder.resolve("search.yaml"), longer);
  }

  @Test
  void falsificationFindsTheFloorThatTheSweepMisses() throws Exception {
    longer();
    List<SearchSample> samples = search(folder.resolve("out"), (s, p) -> valley(s), 2);
    SearchSample worst =
        samples.stream().min(Comparator.comparing(SearchSample::margin)).orElseThrow();
    SearchStatistics sweep = SearchStatistics.of(samples, 2);
    assertThat(sweep.runs()).isEqualTo(90);
    // The valley is 0.9 % of the range: 90 even points hit it about once, never its floor.
    assertThat(sweep.worst()).isGreaterThan(-0.99);
    assertThat(worst.margin()).isLessThan(-0.99); // within 1 % of the valley's depth
    assertThat(worst.id()).startsWith("local");
    assertThat(worst.values()[0]).isBetween(0.709, 0.7155);
    assertThat(samples.size()).isBetween(91, 300);
  }

  @Test
  void theSamplesDoNotDependOnThreads() throws Exception {
    List<SearchSample> one = search(folder.resolve("one"), (s, p) -> valley(s), 1);
    List<SearchSample> two = search(folder.resolve("two"), (s, p) -> valley(s), 3);
    assertThat(two).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void aSearchThatWasCutGoesOnAndRunsNothingTwice() throws Exception {
    List<SearchSample> whole = search(folder.resolve("whole"), (s, p) -> valley(s), 1);
    int needed = runs.getAndSet(0);
    Path out = folder.resolve("cut");
    SearchPlan plan = SearchReader.read(folder.resolve("search.yaml"));
    List<SearchRun> self = new ArrayList<>();
    SearchRun cut =
        new SearchRun(
            plan,
            "fake",
            (s, p) -> valley(s),
            out,
            (done, of, worst) -> {
              if (done == 40) {
                self.get(0).abort();
              }
            });
    self.add(cut);
    try (cut) {
      assertThat(cut.run(1)).hasSize(40);
    }
    // The process was killed while it wrote its last line.
    String kept = Files.readString(out.resolve("samples.csv"));
    Files.writeString(out.resolve("samples.csv"), kept.substring(0, kept.length() - 9));
    List<SearchSample> all = search(out, (s, p) -> valley(s), 2);
    assertThat(all).usingRecursiveComparison().isEqualTo(whole);
    assertThat(runs.get()).isEqualTo(needed + 1);
  }

  @Test
  void aFolderOfAnotherSearchIsLeftAsItIs() throws Exception {
    Path out = folder.resolve("out");
    search(out, (s, p) -> valley(s), 2);
    String before = Files.readString(out.resolve("samples.csv"));
    Files.writeString(folder.resolve("search.yaml"), SEARCH.replace("seed: 7", "seed: 8"));
    assertThatThrownBy(() -> search(out, (s, p) -> valley(s), 2))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("another search")
        .hasMessageContaining("Maybe");
    assertThat(Files.readString(out.resolve("samples.csv"))).isEqualTo(before);
  }

  @Test
  void theWorstCasesAreScenariosThatReadBackAsTheyRan() throws Exception {
    longer();
    SearchPlan plan = SearchReader.read(folder.resolve("search.yaml"));
    Path out = folder.resolve("deep/out");
    try (SearchRun run = new SearchRun(plan, "fake", (s, p) -> valley(s), out, (d, o, w) -> {})) {
      List<SearchSample> samples = run.run(2);
      List<SearchSample> worst = run.worst(samples, 3);
      assertThat(worst).hasSize(3);
      assertThat(worst.get(0).margin()).isLessThanOrEqualTo(worst.get(1).margin());
      Path file = out.resolve("worst-1.yaml");
      Files.writeString(file, run.scenario(worst.get(0), 1));
      Scenario kept = ScenarioReader.read(file);
      assertThat(kept.id()).isEqualTo("valley-worst-1");
      assertThat(kept.stated("fake")).isEqualTo(Verdict.FAIL);
      assertThat(kept.stated("another")).isEqualTo(Verdict.PASS);
      assertThat(valley(kept).checks().get(0).margin()).isEqualTo(worst.get(0).margin());
    }
  }

  @Test
  void whatBrokeIsNoSampleOfTheMargin() throws Exception {
    List<SearchSample> samples =
        search(
            folder.resolve("out"),
            (s, p) -> {
              ScenarioResult r = valley(s);
              return s.plant().initialSoc() < 0.5
                  ? r
                  : new ScenarioResult(
                      r.id(),
                      "",
                      "",
                      List.of(),
                      "fake",
                      1,
                      Verdict.ERROR,
                      Verdict.PASS,
                      "broke",
                      r.checks(),
                      List.of(),
                      1,
                      1,
                      null);
            },
            2);
    SearchStatistics sweep = SearchStatistics.of(samples, 2);
    assertThat(sweep.broken()).isBetween(13, 17); // half of the range of 30
    assertThat(sweep.judged()).isEqualTo(30 - sweep.broken());
    assertThat(samples.stream().filter(SearchSample::isBroken).map(SearchSample::margin))
        .containsOnly(Double.NaN);
  }

  @Test
  void complaintsNameFileLineAndWhatIsAllowed() throws IOException {
    refused(
        SEARCH.replace("0.9}", "1.4}"), "line 3", "setup.plant.initialSoc = 1.4", "cannot be used");
    refused(SEARCH.replace("duration:", "faults.nois.at:"), "line 4", "there is no 'nois'");
    refused(SEARCH.replace("to: 500 s", "to: 5 s"), "line 4", "allowed: from < to");
    refused(SEARCH.replace("from: 50 s", "from: 0 s"), "line 4", "above 0");
    refused(SEARCH.replace("to: 500 s", "to: 500"), "line 4", "not the unit of 'from'");
    refused(SEARCH.replace("seed", "sead"), "unknown key 'sead'", "Maybe 'seed'");
    refused(SEARCH + "check: near\n", "line 9", "allowed: far enough");
    refused(SEARCH + "method: grid\n", "allowed: lhs, sobol");
  }

  private void refused(String text, String... parts) throws IOException {
    Path file = folder.resolve("search.yaml");
    Files.writeString(file, text);
    assertThatThrownBy(() -> SearchReader.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContainingAll(parts);
  }
}
