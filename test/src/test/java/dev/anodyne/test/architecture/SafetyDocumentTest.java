package dev.anodyne.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.safety.GuardReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/safety.md} lists every rule of the guard with its test: no reason is missing, no test
 * is made up, and its figures are those of the code.
 */
class SafetyDocumentTest {
  private static final Path ROOT = Path.of("..");
  private static final Path GUARD =
      ROOT.resolve("controller/src/main/java/dev/anodyne/controller/safety");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Properties))\\.(\\w+)`");
  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|Property|RepeatedTest)\\b[^;]*?\\bvoid (\\w+)\\s*\\(",
          Pattern.DOTALL);
  private static String text;

  @BeforeAll
  static void read() throws IOException {
    String whole = Files.readString(ROOT.resolve("docs/safety.md"));
    text = whole.substring(0, whole.indexOf("## Does it plate"));
  }

  /** The line of a table that the reason opens, with at least one test in it. */
  @ParameterizedTest
  @EnumSource(GuardReason.class)
  void everyReasonHasARuleAndATest(GuardReason reason) {
    List<String> rows =
        text.lines()
            .filter(line -> line.startsWith("|"))
            .filter(line -> line.split("\\|")[1].contains("`" + reason.name() + "`"))
            .toList();
    assertThat(rows).as("rows of %s", reason).hasSize(1);
    assertThat(NAMED.matcher(rows.get(0)).find()).as("a test of %s", reason).isTrue();
  }

  @Test
  void noReasonIsMadeUp() {
    Set<String> reasons = new TreeSet<>();
    Stream.of(GuardReason.values()).forEach(reason -> reasons.add(reason.name()));
    Matcher name = Pattern.compile("`([A-Z]+(?:_[A-Z]+)*)`").matcher(text);
    while (name.find()) {
      assertThat(reasons).contains(name.group(1));
    }
  }

  @Test
  void everyRuleOfATableHasATest() {
    List<String> without =
        text.lines()
            .filter(line -> line.startsWith("| ") && !line.contains("| test |"))
            .filter(line -> !line.startsWith("| test") && !line.equals("| rule | test |"))
            .filter(line -> !NAMED.matcher(line).find())
            .toList();
    assertThat(without).isEmpty();
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int found = 0;
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      if (methods(named.group(1)).contains(named.group(2))) {
        found++;
      } else {
        missing.add(named.group());
      }
    }
    assertThat(missing).as("tests that docs/safety.md names and nobody runs").isEmpty();
    assertThat(found).isGreaterThan(50);
  }

  /** Test methods of a class of that name, wherever it is. */
  private static Set<String> methods(String className) throws IOException {
    Set<String> methods = new TreeSet<>();
    for (String module : List.of("controller", "opcua", "hil", "mpc", "test")) {
      Path sources = ROOT.resolve(module + "/src/test/java");
      try (Stream<Path> all = Files.walk(sources)) {
        for (Path file : all.filter(path -> path.endsWith(className + ".java")).toList()) {
          Matcher method = TEST_METHOD.matcher(Files.readString(file));
          while (method.find()) {
            methods.add(method.group(1));
          }
        }
      }
    }
    return methods;
  }

  /** A constant that is changed without the document fails here, with the sentence to change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Guard | VOLTAGE_SOFT_VOLTS | 0.010 | from 10 mV to 50 mV above a voltage limit
          Guard | VOLTAGE_HARD_VOLTS | 0.050 | 50 mV above the tightest
          Guard | TEMPERATURE_SOFT_KELVIN | 0.5 | from 0.5 K to 2 K above a temperature limit
          Guard | TEMPERATURE_HARD_KELVIN | 2.0 | hottest cell 2 K above
          Guard | FUTURE_TOLERANCE_NANOS | 1_000_000_000L | from the future by more than 1 s
          GuardSettings | DEFAULT_STALENESS_NANOS | 2_000_000_000L | 2 s (`guard.stalenessSeconds`
          GuardSettings | DEFAULT_FROZEN_NANOS | 2_500_000_000L | 2.5 s (`guard.frozenSeconds`
          MeasurementWatch | MIN_CELL_VOLTS | 1.0 | cell outside 1–5 V
          MeasurementWatch | MAX_CELL_VOLTS | 5.0 | cell outside 1–5 V
          MeasurementWatch | MIN_KELVIN | 213.15 | −60–100 °C
          MeasurementWatch | MAX_KELVIN | 373.15 | −60–100 °C
          MeasurementWatch | ORDER_TOLERANCE_VOLTS | 0.02 | lowest cell above highest (20 mV, 2 K)
          MeasurementWatch | ORDER_TOLERANCE_KELVIN | 2.0 | lowest cell above highest (20 mV, 2 K)
          MeasurementWatch | SUM_TOLERANCE_VOLTS_PER_CELL | 0.15 | (150 mV a cell)
          MeasurementWatch | JUMP_VOLTS_PER_CELL | 1.0 | more than 1 V a cell or 10 K
          MeasurementWatch | JUMP_KELVIN | 10.0 | more than 1 V a cell or 10 K
          MeasurementWatch | JUMP_WINDOW_NANOS | 5_000_000_000L | less than 5 s apart
          OverCurrentWatch | TOLERANCE_AMPS_PER_CELL | 0.5 | by 0.5 A a cell or 5 %
          OverCurrentWatch | TOLERANCE_SHARE | 0.05 | by 0.5 A a cell or 5 %
          OverCurrentWatch | ANSWER_SECONDS | 2.0 | 2 s + ramp
          ThermalGuard | HEAT_FULL_KELVIN | 4.0 | full to 4 K below it
          ThermalGuard | HEAT_OFF_KELVIN | 1.0 | none from 1 K below it
          ThermalGuard | COLD_FULL_KELVIN | 288.15 | full to 15 °C
          ThermalGuard | COLD_OFF_KELVIN | 283.15 | none below 10 °C
          """)
  void figuresAreTheCodes(String file, String constant, String value, String sentence)
      throws IOException {
    String source = Files.readString(GUARD.resolve(file + ".java"));
    assertThat(source).as(file).containsPattern("\\b" + constant + " =\\s+" + value + ";");
    assertThat(text).as("what %s.%s means", file, constant).contains(sentence);
  }

  @Test
  void saysWhatTheSoftwareIsNot() {
    assertThat(text)
        .contains("not a safety function", "IEC 61508", "ISO 13849")
        .contains("Charger and battery management stay responsible");
  }
}
