package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  @ParameterizedTest
  @MethodSource("everyCommand")
  void helpGoesToStandardOutputWithAnExample(List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.add("--help");
    Invocation help = Invocation.of(args.toArray(String[]::new));
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: anodyne").contains("--json", "--help");
    assertThat(help.out()).containsAnyOf("Example:", "Not in this version", "Commands:");
  }

  static Stream<List<String>> everyCommand() {
    CommandLine root =
        Main.commandLine(
            new Terminal(
                new java.io.PrintWriter(System.out), new java.io.PrintWriter(System.err), false));
    return root.getSubcommands().entrySet().stream()
        .flatMap(
            e ->
                Stream.concat(
                    Stream.of(List.of(e.getKey())),
                    e.getValue().getSubcommands().keySet().stream()
                        .map(sub -> List.of(e.getKey(), sub))));
  }

  @Test
  void everyCommandOfTheContractIsThere() {
    assertThat(everyCommand().map(c -> String.join(" ", c)))
        .contains("demo", "test", "simulate", "charge", "train", "serve", "hil serve")
        .contains("estimate", "compare", "tune", "replay", "evaluate", "benchmark")
        .contains("hil run", "hil replay", "hil channels", "hil search")
        .contains("opcua browse", "opcua map", "opcua check", "opcua trust");
  }

  @Test
  void topLevelHelpSaysWhatItDoes() {
    Invocation help = Invocation.of("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("as fast as their anode allows", "anodyne demo", "Exit codes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hil", "chrage", "charge --nonsense", "hil replay x.mf4", "hil search x.yaml"})
  void wrongUseIsOneLineAndAHint(String line) {
    Invocation wrong = Invocation.of(line.isEmpty() ? new String[0] : line.split(" "));
    BadInput.assertRefused(wrong);
  }

  @Test
  void versionIsFilledIn() {
    assertThat(Invocation.of("--version").out()).matches("anodyne \\d+\\.\\d+.*\\R");
  }
}
