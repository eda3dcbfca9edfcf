package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written: either a protocol that can be run, or one line that says what is wrong. */
class ProtocolFuzzTest {
  private static final List<String> WORDS =
      List.of(
          "Charge",
          "Discharge",
          "Rest",
          "Hold",
          "at",
          "until",
          "for",
          "or",
          "anode",
          "potential",
          "2C",
          "C/20",
          "C",
          "/",
          "4.2",
          "V",
          "mV",
          "10",
          "A",
          "mA",
          "W",
          "80",
          "%",
          "45",
          "°C",
          "degC",
          "5",
          "minutes",
          "s",
          "h",
          "1e999",
          "-1",
          "0",
          ".",
          ";",
          "NaN",
          "µ",
          "soc");

  @Provide
  Arbitrary<String> wordSalad() {
    return Arbitraries.of(WORDS).list().ofMaxSize(14).map(words -> String.join(" ", words));
  }

  @Property(tries = 3000)
  void wordsInAnyOrder(@ForAll("wordSalad") String text) {
    parsesOrSaysWhy(text);
  }

  @Property(tries = 1000)
  void anyText(@ForAll String text) {
    parsesOrSaysWhy(text);
  }

  private static void parsesOrSaysWhy(String text) {
    Protocol protocol;
    try {
      protocol = Protocol.parse(text);
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotBlank();
      if (e.getMessage().contains("Protocol step")) {
        assertThat(e.getMessage()).containsPattern("step \\d+").contains("character");
        assertThat(e.getMessage().substring(e.getMessage().lastIndexOf('\n') + 1))
            .startsWith("Maybe ");
      }
      return;
    }
    for (ProtocolStep step : protocol.steps()) {
      assertThat(step.action().value(5)).isFinite();
      assertThat(step.maxSeconds()).isPositive();
      assertThat(step.ends().isEmpty() && step.maxSeconds() == Double.POSITIVE_INFINITY).isFalse();
      // What a step says of itself can be read again.
      assertThat(Protocol.parse(step.text()).steps()).containsExactly(step);
    }
  }
}
