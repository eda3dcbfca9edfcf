package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private static Invocation evaluate(Path folder, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "evaluate";
    line[1] = "--report";
    line[2] = folder.toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return Invocation.of(line);
  }

  @Test
  void whatCannotBeEvaluatedIsRefusedAtOnce(@TempDir Path folder) {
    Path out = folder.resolve("out");
    BadInput.assertRefused(evaluate(out, "--estimators", "phisics"), "--estimators", "phisics");
    BadInput.assertRefused(
        evaluate(out, "--cell", "chen2020", "--estimators", "learned"), "--estimators", "chen2020");
    BadInput.assertRefused(evaluate(out, "--stratum", "warm"), "--stratum", "fresh-25");
    BadInput.assertRefused(evaluate(out, "--seeds", "0"), "--seeds", "1 to 10000");
    BadInput.assertRefused(evaluate(out, "--estimators", "physics,physics"), "--estimators");
    BadInput.assertRefused(
        evaluate(out, "--data", folder.toString()), "--data", "holds no data set");
    assertThat(out.resolve("results.csv")).doesNotExist();
  }

  /** One battery in both phases: every file is there, and another run says the same. */
  @Test
  void aPartOfTheGridLeavesAllFilesAndRepeats(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    String[] line = {
      "--quick", "--estimators", "physics,learned", "--stratum", "fresh-25", "--battery", "2"
    };
    Invocation run = evaluate(one, line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("physics", "learned", "fresh, 25 °C, to 3C, identified");
    assertThat(evaluate(two, line).exitCode()).isZero();
    List<String> rows = Files.readAllLines(one.resolve("results.csv"));
    assertThat(rows).hasSize(1 + 2 * 2);
    assertThat(withoutTimes(rows))
        .isEqualTo(withoutTimes(Files.readAllLines(two.resolve("results.csv"))));
    assertThat(one.resolve("report.html"))
        .content()
        .contains("anodyne evaluate --cell lgm50", "--stratum fresh-25 --battery 2")
        .doesNotContain("/*@");
    assertThat(one.resolve("table.md")).content().contains("| Accuracy: fresh cell, RMSE |");
  }

  /** The last two columns are times of computing. */
  private static List<String> withoutTimes(List<String> rows) {
    return rows.stream().map(r -> r.replaceAll(",[^,]*,[^,]*$", "")).toList();
  }

  @Test
  void jsonIsOneDocumentWithTheFigures(@TempDir Path folder) throws IOException {
    Invocation run =
        evaluate(folder, "--json", "--estimators", "physics", "--stratum", "other-code", "--quick");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("cell").asText()).isEqualTo("lgm50");
    JsonNode figures = json.path("figures").path(0);
    assertThat(figures.path("stratum").asText()).isEqualTo("other-code");
    assertThat(figures.path("estimator").asText()).isEqualTo("physics");
    // Stoichiometries are not in the other code's file; what is not known is null.
    assertThat(figures.path("anode_surface_rmse_percent").isNull()).isTrue();
    assertThat(figures.path("rmse_mV").asDouble()).isPositive();
  }

  @Test
  void withoutAReportThereIsNothingToDo() {
    assertThat(Invocation.of("evaluate").exitCode()).isEqualTo(2);
  }
}
