package dev.anodyne.controller.lab.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.controller.config.PolicyFile.Range;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.compare.Scenario;
import dev.anodyne.controller.lab.compare.ScenarioAxes;
import dev.anodyne.controller.lab.compare.ScenarioGrid;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search on made-up figures, so that what is best is known. */
class TuningTest {
  private static final List<Scenario> TRAINING = scenarios(1, 3);
  private static final List<Scenario> VALIDATION = scenarios(4, 3);

  @TempDir private Path folder;
  private final List<PolicySpec> charged = new ArrayList<>();

  private static List<Scenario> scenarios(long firstSeed, int seeds) {
    return ScenarioGrid.of(List.of(ScenarioAxes.REFERENCE.with(10, firstSeed, seeds))).scenarios();
  }

  private static TuneRequest request(int evaluations) {
    return new TuneRequest(
        PolicySpec.named("mpc").withName("test", "4"),
        Map.of("margins.riseVoltsPerC", new Range(0, 0.05), "weights.decay", new Range(0.5, 6)),
        "scenarios.yaml",
        TRAINING,
        VALIDATION,
        evaluations,
        1);
  }

  /** Fastest at rise 0, decay 3; plates below a rise of 20 mV, on other seeds below 22 mV. */
  private Figures madeUp(PolicySpec spec, List<Scenario> scenarios) {
    charged.add(spec);
    double rise = Setting.MARGIN_RISE.of(spec.settings());
    double decay = Setting.WEIGHT_DECAY.of(spec.settings());
    double minutes = 30 + 100 * rise + (decay - 3) * (decay - 3);
    double needed = scenarios.equals(VALIDATION) ? 0.022 : 0.020;
    double lowest = 1e3 * (rise - needed);
    return Figures.of(
        scenarios.stream()
            .map(
                s ->
                    new Figures.Charge(
                        s.weight(), minutes, Math.max(0, -lowest), lowest, true, false, false))
            .toList());
  }

  private Tuning tuning(TuneRequest request, Tuning.Charging charging) {
    return new Tuning(request, TuneJournal.beside(folder.resolve("p.yaml")), charging, "test");
  }

  @Test
  void findsTheFastestWithoutPlatingAndJudgesItElsewhere() throws Exception {
    TuneResult result = tuning(request(200), this::madeUp).run(Progress.NONE);
    assertThat(result.found()).isTrue();
    PolicySpec best = result.best().spec();
    // Within a tenth of the range of the optimum of this parabola and slope.
    assertThat(Setting.WEIGHT_DECAY.of(best.settings())).isCloseTo(3, within(0.5));
    assertThat(Setting.MARGIN_RISE.of(best.settings())).isBetween(0.022, 0.027);
    assertThat(result.judgedAfter().orElseThrow().plated()).isZero();
    assertThat(result.judgedBefore().plated()).as("10 mV per C plates").isEqualTo(3);
  }

  @Test
  void theSameSeedGivesTheSamePolicy() throws Exception {
    String first = tuning(request(30), this::madeUp).run(Progress.NONE).best().spec().digest();
    Files.delete(folder.resolve("p.yaml.journal"));
    charged.clear();
    assertThat(tuning(request(30), this::madeUp).run(Progress.NONE).best().spec().digest())
        .isEqualTo(first);
    assertThat(charged).hasSizeGreaterThan(20);
  }

  @Test
  void anInterruptedSearchGoesOnWhereItStopped() throws Exception {
    String whole = tuning(request(30), this::madeUp).run(Progress.NONE).best().spec().digest();
    Files.delete(folder.resolve("p.yaml.journal"));
    charged.clear();
    Tuning stopped =
        tuning(
            request(30),
            (spec, s) -> {
              if (charged.size() == 12) {
                throw new CancellationException("Ctrl-C");
              }
              return madeUp(spec, s);
            });
    assertThatThrownBy(() -> stopped.run(Progress.NONE)).isInstanceOf(CancellationException.class);
    // One of them may be the policy as it is, which was charged first.
    assertThat(stopped.evaluations()).isBetween(11, 12);
    Path journal = folder.resolve("p.yaml.journal");
    Files.writeString(journal, Files.readString(journal) + "{\"key\": \"cut o");
    charged.clear();
    Tuning again = tuning(request(30), this::madeUp);
    assertThat(again.run(Progress.NONE).best().spec().digest()).isEqualTo(whole);
    // Before, 30 candidates, before on other seeds and those judged; 12 were known.
    assertThat(charged.size()).isLessThanOrEqualTo(31 + 1 + Tuning.MOST_JUDGED - 12);
  }

  @Test
  void nothingWithoutPlatingIsAnAnswerToo() throws Exception {
    TuneResult result =
        tuning(
                request(10),
                (spec, s) ->
                    Figures.of(List.of(new Figures.Charge(1, 30, 0.1, -3, true, false, false))))
            .run(Progress.NONE);
    assertThat(result.found()).isFalse();
    assertThat(result.toMap()).containsEntry("found", false);
    assertThat(result.text()).contains("nothing without plating");
  }

  @Test
  void whatIsWrittenIsAPolicyThatSaysWhereItComesFrom() throws Exception {
    TuneResult result = tuning(request(60), this::madeUp).run(Progress.NONE);
    String yaml = result.yaml();
    PolicyFile read = PolicyFileReader.parse(folder.resolve("t.yaml"), yaml);
    assertThat(read.spec().digest()).isEqualTo(result.best().spec().digest());
    assertThat(read.spec().name()).isEqualTo("test-tuned");
    assertThat(read.spec().version()).isEqualTo("4");
    assertThat(read.tune()).containsOnlyKeys("margins.riseVoltsPerC", "weights.decay");
    assertThat(yaml)
        .contains("seed 1")
        .contains("60 candidates on 3 charges of scenarios.yaml")
        .contains(TuneRequest.digest(TRAINING))
        .contains(TuneRequest.digest(VALIDATION))
        .contains("before: ")
        .contains("3 of 3 plated");
  }

  @Test
  void everyPointOfTheCubeIsAPolicy() {
    Map<String, Range> all = new java.util.LinkedHashMap<>();
    all.put(SearchSpace.MARGIN, new Range(0, 0.2));
    for (Setting s : Setting.values()) {
      all.put(s.key(), new Range(s.low(), s.high()));
    }
    SearchSpace space = new SearchSpace(PolicySpec.named("mpc"), all);
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 200; i++) {
      PolicySpec spec =
          space.at(random.doubles(space.dimension()).map(v -> 1.4 * v - 0.2).toArray());
      for (Setting s : Setting.values()) {
        assertThat(s.of(spec.settings())).as(s.key()).isBetween(s.low(), s.high());
      }
    }
    PolicySpec start = space.at(space.start());
    for (Setting s : Setting.values()) {
      // Four digits are kept.
      assertThat(s.of(start.settings())).isCloseTo(s.standard(), within(1e-3 * s.standard()));
    }
  }

  /** Exact values of the one-sided Clopper–Pearson bound: 1 − 0.05^(1/n) for none of n. */
  @Test
  void noneOfFewIsNotNever() {
    assertThat(figures(0, 24).platedShareAtMost())
        .isCloseTo(1 - Math.pow(0.05, 1.0 / 24), within(1e-9));
    assertThat(figures(1, 20).platedShareAtMost()).isCloseTo(0.2161, within(1e-4));
    assertThat(figures(5, 5).platedShareAtMost()).isEqualTo(1);
  }

  private static Figures figures(int plated, int charges) {
    return new Figures(charges, 30, plated, 0, 0, 0, 0, 30);
  }

  @Test
  void theJournalOfOtherSoftwareIsNotUsed() throws IOException, InterruptedException {
    tuning(request(5), this::madeUp).run(Progress.NONE);
    int before = charged.size();
    new Tuning(request(5), TuneJournal.beside(folder.resolve("p.yaml")), this::madeUp, "other")
        .run(Progress.NONE);
    assertThat(charged).hasSize(2 * before);
  }
}
