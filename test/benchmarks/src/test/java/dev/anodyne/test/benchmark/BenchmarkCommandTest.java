package dev.anodyne.test.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command says and how it judges; measuring itself is not repeated here. */
class BenchmarkCommandTest {
  private static final Machine MACHINE = new Machine("a processor", 2, "17", "Linux amd64", 0.1);
  private static final Sample YARDSTICK = new Sample(5000, 4900, 5200, 6000, 0);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return BenchmarkMain.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  @Test
  void anUnknownFigureIsRefusedWithTheNames() {
    assertThat(run("--only", "step")).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .contains("--only", "'step'", "step-1s, step-10s", "pack");
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fast").doesNotContain("\tat ");
  }

  @Test
  void helpHasAnExampleAndTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("anodyne benchmark --only", "Exit codes", "1 one misses it");
  }

  @Test
  void lessTimeThanAskedIsReachedAndMoreIsMissed() {
    Figure figure = Figures.named("step-1s").orElseThrow();
    assertThat(lineOf(figure, 19_000, 0).verdict()).isEqualTo(Line.Verdict.REACHED);
    assertThat(lineOf(figure, 21_000, 0).verdict()).isEqualTo(Line.Verdict.MISSED);
    assertThat(lineOf(figure, 10_000, 0).baselines()).isEqualTo(2);
  }

  @Test
  void aStepThatAllocatesIsMissedHoweverFast() {
    Figure figure = Figures.named("step-1s").orElseThrow();
    assertThat(lineOf(figure, 1000, 24).verdict()).isEqualTo(Line.Verdict.MISSED);
  }

  @Test
  void moreCellsThanAskedIsReachedAndFewerIsMissed() {
    Figure figure = Figures.named("cells").orElseThrow();
    double nanosPerCell = 1e9 / 25_000;
    assertThat(lineOf(figure, 0.9 * FleetBenchmark.BATCH * nanosPerCell, 0).verdict())
        .isEqualTo(Line.Verdict.REACHED);
    Line slow = lineOf(figure, 2 * FleetBenchmark.BATCH * nanosPerCell, 0);
    assertThat(slow.verdict()).isEqualTo(Line.Verdict.MISSED);
    assertThat(slow.measured()).isEqualTo(12_500);
  }

  @Test
  void aGradientCountsWhatItAddsToTheSimulation() {
    Figure figure = Figures.named("gradient").orElseThrow();
    Sample simulation = new Sample(100, 90, 110, 120, 0);
    Line line = Line.of(figure, new Sample(250, 240, 260, 300, 0), simulation, 5000);
    assertThat(line.measured()).isEqualTo(1.5);
    assertThat(line.verdict()).isEqualTo(Line.Verdict.REACHED);
  }

  @Test
  void jsonIsOneDocumentWithoutNumbersThatAreNone() throws Exception {
    Figure figure = Figures.named("discharge-1c").orElseThrow();
    Report report =
        new Report(
            MACHINE,
            YARDSTICK,
            List.of(
                lineOf(figure, 3e6, Double.NaN), Line.broken(Figures.named("mpc").orElseThrow())));
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertThat(json.at("/figures/0/median").doubleValue()).isEqualTo(3);
    assertThat(json.at("/figures/0/at_most").doubleValue()).isEqualTo(2);
    assertThat(json.at("/figures/0/verdict").textValue()).isEqualTo("missed");
    assertThat(json.at("/figures/0/bytes_per_step").isNull()).isTrue();
    assertThat(json.at("/figures/1/verdict").textValue()).isEqualTo("broken");
    assertThat(json.at("/missed").intValue()).isEqualTo(1);
    assertThat(report.table()).contains("discharge-1c", "MISSED", "BROKEN", "a processor");
  }

  @Test
  void numbersKeepThreeDigits() {
    assertThat(List.of(0.01234, 1.2, 12.345, 99.96, 29009.4).stream().map(Report::number))
        .containsExactly("0.012", "1.2", "12.3", "100", "29009");
  }

  private static Line lineOf(Figure figure, double nanos, double bytes) {
    Sample sample = new Sample(nanos, nanos, nanos, nanos, bytes);
    return Line.of(figure, sample, sample, YARDSTICK.medianNanos());
  }
}
