package dev.anodyne.hil.stl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StlParserTest {
  @Property(tries = 2000)
  void readsWhatItPrints(@ForAll long seed) {
    Formula formula = new Formulas(seed).rich(3);
    assertThat(StlParser.parse(formula.toString())).isEqualTo(formula);
  }

  @Test
  void readsTheResponsePatternAsWritten() {
    Formula formula =
        StlParser.parse("when fault(voltage.stuck) then within 3 s always for 2 s current < 1 A");
    assertThat(formula)
        .hasToString(
            "when fault(voltage.stuck) then (eventually[0,3] (always[0,2] (current < 1 A)))");
  }

  @Test
  void bindsAsPeopleRead() {
    assertThat(StlParser.parse("a > 1 and not b < 2 or c > 3 implies d > 4"))
        .hasToString("(((a > 1) and (not (b < 2))) or (c > 3)) implies (d > 4)");
  }

  @Test
  void takesMinutesOnBothEndsOfAnInterval() {
    Formula.Always always = (Formula.Always) StlParser.parse("always[1, 30 min] x > 0");
    assertThat(always.window().from().base()).isEqualTo(60);
    assertThat(always.window().to().base()).isEqualTo(1800);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "current < 1 Amp; column 13: 'Amp' is not a unit; Maybe",
        "allways (x > 1); column 1: ; Maybe 'always' is meant",
        "always[3,1] x > 0; column 7: The interval [3 s, 1 s] is not possible; ",
        "always[0,1 V] x > 0; column 10: '1 V' is not a time; ",
        "x > ; column 4: the text ends; allowed: a channel, a number",
        "x 5; column 3: '5' stands here; allowed: <, <=, >, >=",
        "(x > 5; column 7: the text ends; )",
        "x > 5 V y < 3; column 9: 'y' stands here; allowed: and, or, implies, until",
        "x > 5 & y < 3; column 7: '&' is not possible; ",
        "when x > 5 V; column 13: the text ends; then",
        "x > 3 mv; 'mv' is not a unit; Maybe 'mV' is meant",
      })
  void saysWhereAndWhatIsAllowed(String text, String first, String second) {
    assertThatThrownBy(() -> StlParser.parse(text))
        .isInstanceOf(StlException.class)
        .hasMessageContaining(first)
        .hasMessageContaining(second == null ? "" : second);
  }
}
