package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: exit 2 and one line that names the key, the value and what is allowed. */
class BadInputTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charge --out o --from 80                      | --from     | 80            | 0 to 1
          charge --out o --to 1.2                       | --to       | 1.2           | 0 to 1
          charge --out o --to NaN                       | --to       | NaN           | 0 to 1
          charge --out o --from 0.8 --to 0.1            | --to       | 0.1           | above --from
          charge --out o --from 0.5 --to 0.5            | --to       | 0.5           | above --from
          charge --out o --cell lgm5                    | --cell     | lgm5          | lgm50
          charge --out o --policy fastest               | --policy   | fastest       | mpc
          charge --out o --policy no.yaml               | no.yaml    | there is      | no such
          charge --out o --policy cccv:zero             | --policy   | zero          | above 0
          charge --out o --estimator guess              | --estimator | guess        | physics
          charge --out o --plant real                   | --plant    | real          | mismatch
          charge --out o --period 0                     | --period   | 0             | 0.05 to 60
          charge --out o --ambient-c 400                | --ambient-c | 400          | -40 to 80
          charge --out o --heat-transfer -1             | --heat-transfer | -1       | 0 to
          charge --out o --max-voltage 9                | --max-voltage | 9          | V
          charge --out o --max-c-rate 0                 | --max-c-rate | 0           | 0.01 to 20
          charge --out o --seed one                     | --seed     | one           | a whole number
          charge --out o --nonsense                     | --nonsense | Unknown       | option
          charge --cell lgm50                           | --out      | Missing       | option
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range weights.decay | --range | no range | allowed
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range decay=1..2 | --range | 'decay' | allowed
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range weights.decay=2..1 | --range | 2..1 | allowed
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range weights.decay=1..b | --range | 'b' | allowed
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range weights.decay=1..99 | --range | 0 to 20 | allowed
          tune ../examples/policies/standard.yaml --scenarios ../examples/compare/tune.yaml --out o --range weights.decay=1..2 --range weights.decay=1..3 | --range | twice | allowed
          charge --out o --goal cost                    | --goal     | cost          | departure
          charge --out o --departure 0                  | --departure | 0            | 1 to 2880
          demo --from 1.5                               | --from     | 1.5           | 0 to 1
          demo --speed 0                                | --speed    | 0             | 0.1 to
          demo --speed -5                               | --speed    | -5            | 0.1 to
          demo --port 70000                             | --port     | 70000         | 0 to 65535
          demo --cell nosuch                            | --cell     | nosuch        | lgm50
          simulate --out o --protocol Fly               | --protocol | Fly           | Charge at
          simulate --out o                              | --protocol | --profile     | one of
          simulate --out o --profile no.csv             | --profile  | no.csv        | no such
          simulate --out o --protocol x --ageing heavy  | --ageing   | heavy         | FULL
          simulate --out o --protocol x --sei-model thick | --sei-model | thick      | ec-reaction
          simulate --out o --protocol x --sei-model reaction | --sei-model | reaction | sei or full
          simulate --out o --protocol x --plating-model reversible | --plating-model | reversible | plating or full
          simulate --out o --protocol x --cell prada2013 --ageing sei | --ageing | prada2013 | SEI resistivity
          simulate --out o --protocol x --cell prada2013 --ageing sei --sei-model reaction | --sei-model | prada2013 | SEI reaction exchange current density
          simulate --out o --protocol x --initial-soc 5 | --initial-soc | 5          | 0 to 1
          simulate --out o --protocol x --cycles 0      | --cycles   | 0             | 1 to
          estimate --out o --input no.csv               | --input    | no.csv        | no such
          train --out o --estimator twin                | --estimator | twin         | augmented
          train --estimator physics --data d            | --estimator | physics      | --sessions
          train --out o --sessions 1                    | --sessions | 1             | 20 to
          train                                         | --out      | Missing       | option
          train --out o --plan wide                     | --plan     | wide          | --data
          train --data o --plan narrow --generate-only  | --plan     | narrow        | shipped, wide
          train --data o --plan wide --sessions 23 --generate-only | --sessions | 23 | 24 to
          train --generate-only                         | --generate-only | keep     | --data DIR
          tune no.yaml --scenarios s --out t.yaml       | POLICY.yaml | no.yaml     | no such
          tune                                          | POLICY.yaml | Missing     | parameter
          tune p.yaml --out t.yaml                      | --scenarios | Missing     | option
          tune p.yaml --scenarios s --out t.yaml --evaluations 1 | --evaluations | 1 | 2 to
          tune p.yaml --scenarios s --out t.yaml --threads 0 | --threads | 0        | 1 to
          serve --config no.yaml                        | --config   | no.yaml       | no such
          hil serve --config no.yaml                    | --config   | no.yaml       | no such
          """)
  void isRefusedInOneLine(String line, String key, String value, String allowed) {
    BadInput.assertRefused(Invocation.of(inFolder(line)), key, value, allowed);
  }

  @Test
  void aSetWithoutAgeingDataSaysWhichAreMissing() {
    BadInput.assertRefused(
        Invocation.of(
            "simulate",
            "--cell",
            "chen2020",
            "--ageing",
            "full",
            "--protocol",
            "Rest for 10 s",
            "--out",
            out()),
        "--ageing",
        "full",
        "chen2020",
        "Lithium plating kinetic rate constant [m.s-1]");
  }

  @Test
  void anOutputDirectoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    BadInput.assertRefused(
        Invocation.of("charge", "--out", file.toString()), "--out", "taken", "a directory");
  }

  @Test
  void aBusyPortIsNamed() throws IOException {
    try (ServerSocket busy = new ServerSocket()) {
      busy.bind(new InetSocketAddress(0));
      String port = Integer.toString(busy.getLocalPort());
      BadInput.assertRefused(
          Invocation.of("demo", "--headless", "--port", port, "--out", out()),
          "--port",
          port,
          "free port");
    }
  }

  @Test
  void aBrokenBpxFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("cell.json"), "{\"Header\": 7}");
    BadInput.assertRefused(
        Invocation.of("charge", "--cell", file.toString(), "--out", out()), "--cell", "cell.json");
  }

  @Test
  void limitsThatCollideAreNamed() {
    BadInput.assertRefused(
        Invocation.of(
            "charge",
            "--to",
            "0.95",
            "--max-voltage",
            "3.9",
            "--estimator",
            "physics",
            "--out",
            out()),
        "--policy",
        "the voltage limit of 3.900 V and the target state of charge 0.95");
  }

  @Test
  void anUnknownKeyOfAPolicyFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), "policy: mpc\nhorizn:\n  steps: 3\n");
    String wrong = "p.yaml:2: horizn is not a known key";
    BadInput.assertRefused(
        Invocation.of("charge", "--policy", file.toString(), "--out", out()), wrong);
    BadInput.assertRefused(
        Invocation.of("compare", "--policies", file.toString(), "--report", out()), wrong);
    BadInput.assertRefused(
        Invocation.of("tune", file.toString(), "--scenarios", file.toString(), "--out", out()),
        wrong);
  }

  @Test
  void anUnknownKeyOfAPlantFileIsNamed() throws IOException {
    Path file =
        Files.writeString(folder.resolve("plant.yaml"), "variation:\n  capacityFaktor: 0.9\n");
    BadInput.assertRefused(
        Invocation.of("charge", "--plant", file.toString(), "--out", out()),
        "plant.yaml",
        "capacityFaktor",
        "capacityFactor");
  }

  @Test
  void measurementsWithoutAColumnAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), "Time [s],Current [A]\n0,1\n");
    BadInput.assertRefused(
        Invocation.of("estimate", "--input", file.toString(), "--out", out()),
        "m.csv",
        "Voltage [V]",
        "allowed");
  }

  @Test
  void nothingIsLeftBehindByARefusal() throws IOException {
    BadInput.assertRefused(Invocation.of("charge", "--to", "7", "--out", out()), "--to");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private String out() {
    return folder.resolve("o").toString();
  }

  private String[] inFolder(String line) {
    String[] args = line.split(" ");
    for (int i = 1; i < args.length; i++) {
      if (args[i - 1].equals("--out")) {
        args[i] = out();
      }
    }
    return args;
  }
}
