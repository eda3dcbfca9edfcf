package dev.anodyne.test.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark method works: run once, in this process, on small numbers; nothing is timed. */
@Timeout(60)
class EveryBenchmarkRunsTest {
  static Stream<Figure> figures() {
    return Stream.concat(Stream.of(Figures.BASELINE), Figures.ALL.stream());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void onceWithoutAnError(Figure figure) throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true");
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(figure.subject().pattern())
        .mode(Mode.SingleShotTime)
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .shouldFailOnError(true)
        .param("cells", "20")
        .param("cycles", "1")
        .param("series", "2");
    figure.subject().parameters().forEach((name, value) -> options.param(name, value));
    Collection<RunResult> results =
        new Runner(
                options.build(),
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT))
            .run();
    // One: the pattern and the parameters single out one benchmark.
    assertThat(results).hasSize(1);
    assertThat(results.iterator().next().getPrimaryResult().getScore()).isPositive();
  }

  /** A benchmark that is no figure would never be run. */
  @Test
  void everyMethodIsAFigure() {
    List<String> known =
        figures()
            .map(f -> f.subject().type().getName() + "." + f.subject().method())
            .distinct()
            .sorted()
            .toList();
    List<String> found =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
            .stream()
            .map(entry -> entry.getUsername())
            .distinct()
            .sorted()
            .toList();
    assertThat(found).isEqualTo(known);
  }

  @Test
  void namesAreDistinct() {
    assertThat(Figures.ALL.stream().map(Figure::name).collect(Collectors.toSet()))
        .hasSameSizeAs(Figures.ALL);
  }

  /** The solve is backward stable: the residual of numbers of size 6 is some 1e-15. */
  @Test
  void theYardstickSolvesItsSystem() {
    BaselineBenchmark yardstick = new BaselineBenchmark();
    yardstick.fill();
    yardstick.kernel();
    assertThat(yardstick.largestResidual()).isCloseTo(0, within(1e-13));
  }

  /** The discharge that is timed is as accurate as the table says that it must be. */
  @Test
  void theTimedDischargeIsAccurate() {
    assertThat(DischargeAccuracy.check())
        .hasSize(3)
        .allMatch(line -> line.verdict() == Line.Verdict.REACHED);
  }

  /**
   * Twice what was measured (0.01, 0.11, 0.35 and 2.2 mV). A second-order step loses most right
   * after a jump of the current, where a surface concentration goes with √t.
   */
  @Test
  void controlStepsFollowErrorControl() {
    assertThat(stepErrorMillivolts("step-1s")).isLessThan(0.02);
    assertThat(stepErrorMillivolts("step-10s")).isLessThan(0.22);
    assertThat(stepErrorMillivolts("step-1s-jumps")).isLessThan(0.7);
    assertThat(stepErrorMillivolts("step-10s-jumps")).isLessThan(4.4);
  }

  private static double stepErrorMillivolts(String name) {
    return ControlStepAccuracy.check(Figures.named(name).orElseThrow()).measured();
  }
}
