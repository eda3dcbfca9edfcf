package dev.anodyne.test.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed around the server: the unit, the container's recipe, the launcher. */
class ServiceFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path UNIT = ROOT.resolve("packaging/anodyne.service");
  private static final Path DOCKERFILE = ROOT.resolve("packaging/Dockerfile");
  private static final Path LAUNCHER = ROOT.resolve("anodyne");

  /** Ours is 1.3; systemd calls everything below 2 well protected. */
  private static final double HIGHEST_EXPOSURE = 2.0;

  @TempDir Path folder;

  private record Ended(int code, String output) {}

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static boolean has(String command) throws IOException, InterruptedException {
    return run("sh", "-c", "command -v " + command).code() == 0;
  }

  private static Map<String, List<String>> unit() throws IOException {
    Map<String, List<String>> keys = new TreeMap<>();
    for (String line : Files.readAllLines(UNIT)) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        keys.computeIfAbsent(line.substring(0, equals), unused -> new ArrayList<>())
            .add(line.substring(equals + 1));
      }
    }
    return keys;
  }

  @Test
  void theUnitIsWatchedRestartedAndStoppedInOrder() throws IOException {
    Map<String, List<String>> unit = unit();
    assertThat(unit.get("Type")).containsExactly("notify");
    assertThat(unit.get("KillSignal")).containsExactly("SIGTERM");
    assertThat(unit.get("Restart")).containsExactly("on-failure");
    // A wrong configuration, exit code 2, is not mended by another start.
    assertThat(unit.get("RestartPreventExitStatus")).containsExactly("2");
    // Longer than GracefulStopTest allows the server; longer than Vitals allow a guard.
    assertThat(Integer.parseInt(unit.get("TimeoutStopSec").get(0))).isGreaterThan(30);
    assertThat(Integer.parseInt(unit.get("WatchdogSec").get(0))).isBetween(10, 30);
    assertThat(unit.get("ExecStart"))
        .containsExactly("/opt/anodyne/bin/anodyne serve --config /var/lib/anodyne/station.yaml");
  }

  @Test
  void theUnitMayDoNothingButServe() throws IOException {
    Map<String, List<String>> unit = unit();
    assertThat(unit.get("User")).containsExactly("anodyne");
    assertThat(unit.get("NoNewPrivileges")).containsExactly("yes");
    assertThat(unit.get("ProtectSystem")).containsExactly("strict");
    assertThat(unit.get("CapabilityBoundingSet")).containsExactly("");
    assertThat(unit.get("StateDirectory")).containsExactly("anodyne");
    assertThat(unit.get("SystemCallFilter"))
        .containsExactly("@system-service", "~@privileged @resources");
    assertThat(unit).doesNotContainKey("MemoryDenyWriteExecute");
  }

  @Test
  void systemdUnderstandsTheUnit() throws Exception {
    assumeThat(has("systemd-analyze")).as("systemd-analyze is there").isTrue();
    // Its command need not be installed on this machine.
    Path unit = folder.resolve("anodyne.service");
    Files.writeString(
        unit, Files.readString(UNIT).replaceAll("=(-?)/opt/anodyne/bin/anodyne", "=$1/bin/true"));
    Ended verified = run("systemd-analyze", "verify", "--man=no", unit.toString());
    List<String> complaints =
        verified
            .output()
            .lines()
            .filter(line -> line.contains("anodyne.service"))
            // Pauses that grow are known to systemd 254 and later; others restart every second.
            .filter(line -> !line.contains("RestartSteps") && !line.contains("RestartMaxDelaySec"))
            .toList();
    assertThat(complaints).isEmpty();
    Ended security =
        run("systemd-analyze", "security", "--offline=true", "--no-pager", unit.toString());
    Matcher exposure =
        Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)").matcher(security.output());
    assertThat(exposure.find()).as(security.output()).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).isLessThan(HIGHEST_EXPOSURE);
  }

  /** No daemon is needed for this: the recipe's instructions, read as text. */
  @Test
  void theContainerRunsAsNobodySpecialAndIsAskedForItsHealth() throws IOException {
    List<String[]> instructions = instructions();
    List<String> names = instructions.stream().map(one -> one[0]).toList();
    assertThat(names)
        .isSubsetOf(
            "FROM",
            "ARG",
            "WORKDIR",
            "COPY",
            "RUN",
            "ENV",
            "USER",
            "VOLUME",
            "EXPOSE",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ENTRYPOINT",
            "CMD")
        .doesNotContain("ADD");
    // Of the last stage, which is what runs.
    List<String[]> last = instructions.subList(names.lastIndexOf("FROM"), instructions.size());
    assertThat(value(last, "USER")).isEqualTo("anodyne");
    assertThat(value(last, "STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(value(last, "HEALTHCHECK")).contains("healthy");
    // In exec form signals reach the server, not a shell.
    assertThat(value(last, "ENTRYPOINT")).startsWith("[").endsWith("]");
    assertThat(value(last, "CMD")).startsWith("[").endsWith("]");
    for (String[] one : instructions) {
      if (one[0].equals("FROM")) {
        assertThat(one[1]).as("an image of a named release").contains(":").doesNotContain("latest");
      }
    }
    List<String> lastNames = last.stream().map(one -> one[0]).toList();
    assertThat(lastNames.indexOf("USER")).isLessThan(lastNames.indexOf("ENTRYPOINT"));
  }

  private static String value(List<String[]> instructions, String name) {
    return instructions.stream()
        .filter(one -> one[0].equals(name))
        .map(one -> one[1])
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Name and arguments, with lines that go on joined. */
  private static List<String[]> instructions() throws IOException {
    List<String[]> all = new ArrayList<>();
    String open = "";
    for (String line : Files.readAllLines(DOCKERFILE)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      open += line.strip();
      if (open.endsWith("\\")) {
        open = open.substring(0, open.length() - 1);
        continue;
      }
      String[] parts = open.split("\\s+", 2);
      all.add(new String[] {parts[0].toUpperCase(Locale.ROOT), parts[1]});
      open = "";
    }
    assertThat(open).isEmpty();
    return all;
  }

  @Test
  void theLauncherIsAShellScriptThatCanBeRead() throws Exception {
    assertThat(Files.isExecutable(LAUNCHER)).isTrue();
    assertThat(run("bash", "-n", LAUNCHER.toString())).isEqualTo(new Ended(0, ""));
  }

  /** A container's question, asked without a JVM; here nobody answers. */
  @Test
  void nobodyIsHealthyOnAPortWithoutServer() throws Exception {
    Ended ended = run(LAUNCHER.toString(), "healthy", "9");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).doesNotContain("building");
  }
}
