package dev.anodyne.controller.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
  private static Invocation study(Path folder, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "study";
    line[1] = "--out";
    line[2] = folder.toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return Invocation.of(line);
  }

  @Test
  void badInputIsRefusedBeforeAnythingRuns(@TempDir Path folder) {
    BadInput.assertRefused(study(folder, "--policy", "mcp"), "--policy", "mcp");
    BadInput.assertRefused(study(folder, "--estimator", "phisics"), "--estimator", "phisics");
    BadInput.assertRefused(study(folder, "--batteries", "0"), "--batteries", "1 to 100000");
    BadInput.assertRefused(study(folder, "--battery", "-1"), "--battery", "0 to 1000000");
    BadInput.assertRefused(study(folder, "--battery", "3,x"), "--battery", "x");
    BadInput.assertRefused(
        study(folder, "--battery", "3,4", "--batteries", "5"), "--batteries", "one of both");
    BadInput.assertRefused(study(folder, "--period", "0"), "--period", "0.05 to 60");
  }
}
