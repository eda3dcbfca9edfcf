package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a shell sees it: exit code, standard output, standard error. */
@Timeout(150)
class CommandLineTest {
  @TempDir static Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charge --cell lgm51 --out OUT                | --cell     | lgm51       | lgm50
          charge --cell BPX --out OUT                  | --cell     | broken.json | broken.json
          serve --config YAML                          | broken.yaml | YAML        | not readable
          simulate --initial-soc 1.2 --protocol R --out OUT | --initial-soc | 1.2  | 0 to 1
          demo --headles                               | --headles  | Maybe       | --headless
          """)
  void badInputIsOneLineAndExitCodeTwo(String line, String key, String value, String allowed)
      throws Exception {
    Path bpx = Files.writeString(folder.resolve("broken.json"), "{\"Header\": {\"BPX\": ");
    Path yaml = Files.writeString(folder.resolve("broken.yaml"), "connectors: [\n  - id: 1\n");
    String[] args =
        line.replace("OUT", folder.resolve("out").toString())
            .replace("BPX", bpx.toString())
            .replace("YAML", yaml.toString())
            .split(" ");
    assertRefused(args, key, value, allowed);
  }

  @Test
  void aPortInUseIsOneLineAndExitCodeTwo() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      assertRefused(
          new String[] {
            "demo", "--headless", "--port", port, "--out", folder.resolve("out").toString()
          },
          "--port",
          port,
          "free port");
    }
  }

  private static void assertRefused(String[] args, String... words) throws Exception {
    try (JavaProcess process = JavaProcess.start(folder, args)) {
      int code = process.exitCode();
      String err = process.err();
      assertThat(code).as(err).isEqualTo(2);
      assertThat(process.out()).isEmpty();
      List<String> lines = err.lines().toList();
      assertThat(lines).as(err).hasSizeBetween(1, 2);
      assertThat(lines.get(0)).startsWith("anodyne: ").hasSizeLessThan(400);
      assertThat(err).contains(words).doesNotContain("Exception", "\tat ");
      if (lines.size() == 2) {
        assertThat(lines.get(1)).startsWith("Maybe ");
      }
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void simulatePrintsOneJsonDocument() throws Exception {
    Path csv = folder.resolve("charge.csv");
    try (JavaProcess process =
        JavaProcess.start(
            folder,
            "simulate",
            "--protocol",
            "Charge at 2C for 2 minutes; Rest for 1 minute",
            "--json",
            "--out",
            csv.toString())) {
      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(process.err()).isEmpty();
      JsonObject json = new JsonObject(process.out());
      assertThat(json.getString("end")).isEqualTo("completed");
    }
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0)).startsWith("Time [s],Current [A],Voltage [V],Temperature [K]");
    // A row a second from 0 to 180 s; a step's end may be a row of its own.
    assertThat(rows.size() - 1).isBetween(181, 183);
  }

  @Test
  void helpListsTheCommandsOnStandardOutput() throws IOException, InterruptedException {
    try (JavaProcess process = JavaProcess.start(folder, "--help")) {
      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(process.err()).isEmpty();
      assertThat(process.out()).contains("demo", "charge", "simulate", "serve", "Exit codes");
    }
  }
}
