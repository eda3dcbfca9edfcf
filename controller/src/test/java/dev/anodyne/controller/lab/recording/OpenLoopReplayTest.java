package dev.anodyne.controller.lab.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.lab.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another policy would have decided on the recorded measurements. */
class OpenLoopReplayTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path charge;

  @BeforeAll
  static void record() throws IOException, InterruptedException {
    charge = Tapes.charge(Tapes.setup("mpc", "physics", 0.12), shared);
  }

  private static OpenLoopResult compare(
      @Nullable String policy, @Nullable String estimator, long fromStep) throws IOException {
    return OpenLoopReplay.run(
        charge, new OpenLoopReplay.Request(policy, estimator, fromStep), null);
  }

  /** The control: what was recorded is decided again, on what was commanded then. */
  @Test
  void theSamePolicyDecidesTheSame() throws IOException {
    OpenLoopResult same = compare("mpc", null, 1);
    assertThat(same.compared()).isGreaterThan(20);
    assertThat(same.differing()).isZero();
    assertThat(same.meanAmps()).isZero();
    assertThat(same.largestAt()).isZero();
    assertThat(same.policy()).isEqualTo(same.recordedPolicy());
    assertThat(same.remarks()).isEmpty();
  }

  @Test
  void anotherPolicyIsToldWhatFlowedAndItsDecisionsMoveNothing() throws IOException {
    Path csv = folder.resolve("other.csv");
    OpenLoopResult other =
        OpenLoopReplay.run(charge, new OpenLoopReplay.Request("cccv:1", null, 1), csv);
    assertThat(other.differing()).isEqualTo(other.compared());
    assertThat(other.meanAmps()).isNegative();
    assertThat(other.first()).hasSize(10);
    // 1C of 5 A·h; the recorded charge goes up to 3C, which the other never sees itself command.
    assertThat(other.first()).allSatisfy(r -> assertThat(r.otherAmps()).isCloseTo(5, within(1e-9)));
    assertThat(other.first().get(9).measuredAmps()).isGreaterThan(8);
    assertThat(other.first().get(9).otherSource()).isEqualTo("BASELINE");
    assertThat(other.first().get(9).otherBoundVolts())
        .as("the belief follows what flowed")
        .isEqualTo(other.first().get(9).recordedBoundVolts());
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize((int) other.compared() + 1);
    assertThat(lines.get(1).split(",", -1)).hasSize(11);
    assertThat(lines.get(1)).startsWith("1,0,");
  }

  @Test
  void anotherBeliefGivesAnotherBound() throws IOException {
    Path csv = folder.resolve("belief.csv");
    OpenLoopResult other =
        OpenLoopReplay.run(charge, new OpenLoopReplay.Request(null, "learned", 1), csv);
    assertThat(other.estimator()).isEqualTo("learned");
    assertThat(other.recordedEstimator()).isEqualTo("physics");
    assertThat(other.policy()).isEqualTo(other.recordedPolicy());
    // Whatever it makes of the current: a network's bound is not the twin's.
    assertThat(Files.readAllLines(csv).stream().skip(1).map(l -> l.split(",", -1)))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f[10]).isNotEqualTo(f[9]));
  }

  @Test
  void comparingBeginsWhereItIsToldTo() throws IOException {
    OpenLoopResult all = compare("cccv:1", null, 1);
    OpenLoopResult later = compare("cccv:1", null, 11);
    assertThat(later.compared()).isEqualTo(all.compared() - 10);
    assertThat(later.first().get(0).decision()).isEqualTo(11);
    assertThat(compare("cccv:1", null, 100_000).compared()).isZero();
  }

  @Test
  void whatRestsOnTheTruthIsRefused() {
    assertThatThrownBy(() -> compare("optimum", null, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--policy: 'optimum'")
        .hasMessageContaining("allowed");
    assertThatThrownBy(() -> compare(null, "truth", 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--estimator: 'truth'");
    assertThatThrownBy(() -> compare("cccv:none", null, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cccv:none");
  }
}
