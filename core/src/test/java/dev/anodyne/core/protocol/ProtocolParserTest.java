package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.protocol.StepAction.HoldAnodePotential;
import dev.anodyne.core.protocol.StepAction.HoldCurrent;
import dev.anodyne.core.protocol.StepAction.HoldPower;
import dev.anodyne.core.protocol.StepAction.HoldVoltage;
import dev.anodyne.core.protocol.StepAction.Rate;
import dev.anodyne.core.protocol.StepEnd.AtAnodePotential;
import dev.anodyne.core.protocol.StepEnd.AtCurrent;
import dev.anodyne.core.protocol.StepEnd.AtSoc;
import dev.anodyne.core.protocol.StepEnd.AtVoltage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolParserTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  static Stream<Arguments> steps() {
    return Stream.of(
        Arguments.of(
            "Charge at 2C until 4.2 V", current(2, true), NONE, List.of(new AtVoltage(4.2))),
        Arguments.of(
            "Charge at 10 A for 5 minutes or until 4.2 V",
            current(10, false),
            300.0,
            List.of(new AtVoltage(4.2))),
        Arguments.of(
            "Hold at 4.2 V until C/20",
            new HoldVoltage(4.2),
            NONE,
            List.of(new AtCurrent(new Rate(0.05, true)))),
        Arguments.of(
            "Discharge at 1C until 2.5 V", current(-1, true), NONE, List.of(new AtVoltage(2.5))),
        Arguments.of("Rest for 10 minutes", current(0, false), 600.0, List.of()),
        Arguments.of(
            "Charge at 2C until anode potential 10 mV",
            current(2, true),
            NONE,
            List.of(new AtAnodePotential(0.01))),
        Arguments.of(
            "Hold anode potential at 10 mV until 4.2 V",
            new HoldAnodePotential(0.01),
            NONE,
            List.of(new AtVoltage(4.2))),
        Arguments.of(
            "hold anode potential at -5mV for 1.5h",
            new HoldAnodePotential(-0.005),
            5400.0,
            List.of()),
        Arguments.of(
            "  discharge AT C/2 until 80 % or until 3.0V or anode potential 0.5 V ",
            current(-0.5, true),
            NONE,
            List.of(new AtSoc(0.8), new AtVoltage(3.0), new AtAnodePotential(0.5))),
        Arguments.of(
            "Hold at 4200 mV for 1 hour or until 50 mA",
            new HoldVoltage(4.2),
            3600.0,
            List.of(new AtCurrent(new Rate(0.05, false)))),
        Arguments.of("Discharge at 20 W for 30 s", new HoldPower(-20), 30.0, List.of()));
  }

  private static StepAction current(double value, boolean isCRate) {
    return new HoldCurrent(new Rate(value, isCRate));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void readsAStep(String text, StepAction action, double maxSeconds, List<StepEnd> ends) {
    ProtocolStep step = Protocol.parse(text).steps().get(0);
    assertThat(step.text()).isEqualTo(text.strip());
    assertThat(step.action()).isEqualTo(action);
    assertThat(step.maxSeconds()).isEqualTo(maxSeconds);
    assertThat(step.ends()).isEqualTo(ends);
  }

  @Test
  void readsStepsInOrderAndAllowsASemicolonAtTheEnd() {
    Protocol protocol =
        Protocol.parse("Charge at 2C until 4.2 V; Hold at 4.2 V until C/20; Rest for 10 minutes;");
    assertThat(protocol.steps())
        .extracting(ProtocolStep::text)
        .containsExactly(
            "Charge at 2C until 4.2 V", "Hold at 4.2 V until C/20", "Rest for 10 minutes");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Fly at 2C | 'Fly' | Charge at",
        "Charge 2C until 4.2 V | '2' | 'at'",
        "Charge at until 4.2 V | 'until' | C-rate",
        "Charge at 2 until 4.2 V | 'until' | 'mA'",
        "Charge at 0 A until 4.2 V | '0' | above 0",
        "Charge at 2C | its end | never end",
        "Charge at 2C until 4.2 | its end | 'mV'",
        "Charge at 2C until C/20 | '20' | constant current",
        "Charge at 2C until 120 % | '%' | between 0 and 100",
        "Hold at 4.2 until C/20 | 'until' | 'V'",
        "Hold anode at 10 mV until 4.2 V | 'at' | 'potential'",
        "Rest for 10 parsecs | 'parsecs' | minutes",
        "Rest for 10 minutes and more | 'and' | or",
        "Charge at 2C for 5 s or 4.2 V | '4.2' | 'until'",
      })
  void namesWhatIsWrongAndWhatIsAllowed(String text, String found, String allowed) {
    assertThatThrownBy(() -> Protocol.parse(text))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(text)
        .hasMessageContaining(found)
        .hasMessageContaining(allowed)
        .hasMessageContaining("Maybe");
  }

  @Test
  void namesTheStepAndThePositionInTheWholeProtocol() {
    String protocol = "Charge at 2C until 4.2 V; Hold at x";
    assertThatThrownBy(() -> Protocol.parse(protocol))
        .hasMessageContaining("step 2 'Hold at x'")
        .hasMessageContaining("character " + (protocol.indexOf('x') + 1));
    assertThatThrownBy(() -> Protocol.parse("Rest for 1 s;;Rest for 1 s"))
        .hasMessageContaining("step 2")
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> Protocol.parse("  ")).isInstanceOf(ProtocolException.class);
  }
}
