package dev.anodyne.hil.stl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.hil.stl.Judgement.Outcome;
import dev.anodyne.hil.stl.Robustness.Judged;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RobustnessTest {
  @Property(tries = 2000)
  void matchesTheDefinitionAtEverySample(@ForAll long seed) {
    Formulas formulas = new Formulas(seed);
    Formula formula = formulas.plain(3);
    Trace trace = formulas.trace();
    NaiveStl naive = new NaiveStl(trace);
    Judged judged = new Robustness(trace).judge(formula);
    for (int i = 0; i < trace.length(); i++) {
      // Least and greatest hand values through unchanged: equal, not nearly so.
      assertThat(judged.low()[i])
          .as("%s at %d", formula, i)
          .isEqualTo(naive.robustness(formula, i, false));
      assertThat(judged.high()[i])
          .as("%s at %d", formula, i)
          .isEqualTo(naive.robustness(formula, i, true));
    }
  }

  @Property(tries = 500)
  void theOppositeHasTheOppositeMargin(@ForAll long seed) {
    Formulas formulas = new Formulas(seed);
    Formula formula = formulas.plain(3);
    Trace trace = formulas.trace();
    Outcome outcome = Judgement.of(formula, trace).outcome();
    Outcome opposite = Judgement.of(new Formula.Not(formula), trace).outcome();
    switch (outcome) {
      case HOLDS -> assertThat(opposite).isEqualTo(Outcome.VIOLATED);
      case VIOLATED -> assertThat(opposite).isEqualTo(Outcome.HOLDS);
      case OPEN -> assertThat(opposite).isEqualTo(Outcome.OPEN);
    }
  }

  @Property(tries = 500)
  void aLongerTraceNeverTakesBackWhatWasDecidedByBoundedOperators(@ForAll long seed) {
    Formulas formulas = new Formulas(seed);
    Trace whole = formulas.trace();
    Formula formula = new Formula.Always(Window.upTo(Quantity.seconds(2)), formulas.plain(0));
    for (int n = 1; n <= whole.length(); n++) {
      Outcome early = Judgement.of(formula, firstOf(whole, n)).outcome();
      if (early != Outcome.OPEN) {
        assertThat(Judgement.of(formula, whole).outcome()).isEqualTo(early);
      }
    }
  }

  private static Trace firstOf(Trace whole, int n) {
    Trace part = new Trace(Arrays.copyOf(whole.times(), n));
    whole.names().forEach(c -> part.with(c, "", Arrays.copyOf(whole.values(c), n)));
    return part;
  }

  @Test
  void tellsTheWorstMarginInTheUnitThatWasWrittenAndWhen() {
    Trace trace =
        new Trace(new double[] {0, 1, 2, 3})
            .with("anodePotential", "V", new double[] {0.050, 0.010, -0.002, 0.020});
    Judgement judged = Judgement.of(StlParser.parse("always[0,3] (anodePotential > 0 mV)"), trace);
    assertThat(judged.outcome()).isEqualTo(Outcome.VIOLATED);
    assertThat(judged.marginText()).isEqualTo("-2 mV");
    assertThat(judged.timeSeconds()).isEqualTo(2);
  }

  @Test
  void isOpenWhenTheHorizonPassesTheTraceUnlessAlreadyViolated() {
    Trace trace = new Trace(new double[] {0, 1}).with("x", "A", new double[] {1, 2});
    assertThat(Judgement.of(StlParser.parse("always[0,2] x > 0 A"), trace).outcome())
        .isEqualTo(Outcome.OPEN);
    assertThat(Judgement.of(StlParser.parse("always[0,2] x < 2 A"), trace).outcome())
        .isEqualTo(Outcome.VIOLATED);
    assertThat(Judgement.of(StlParser.parse("eventually[0,2] x > 1 A"), trace).outcome())
        .isEqualTo(Outcome.HOLDS);
    assertThat(Judgement.of(StlParser.parse("always x > 0 A"), trace).outcome())
        .isEqualTo(Outcome.HOLDS);
  }

  @Test
  void aResponseIsJudgedFromEachTriggerOnWithTheResponsesMargin() {
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    Trace good =
        new Trace(times)
            .with("fault(stuck)", "", new double[] {0, 0, 1, 1, 1, 1, 1, 1, 1, 1})
            .with("current", "A", new double[] {9, 9, 9, 9, 5, 0.4, 0.2, 0.1, 0, 0});
    String text = "when fault(stuck) then within 3 s always for 2 s current < 1 A";
    Judgement held = Judgement.of(StlParser.parse(text), good);
    assertThat(held.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(held.triggers()).isEqualTo(1);
    assertThat(held.unit().symbol()).isEqualTo("A");
    Trace late = good.with("current", "A", new double[] {9, 9, 9, 9, 9, 5, 5, 0.1, 0, 0});
    Judgement violated = Judgement.of(StlParser.parse(text), late);
    assertThat(violated.outcome()).isEqualTo(Outcome.VIOLATED);
    assertThat(violated.marginText()).isEqualTo("-4 A");
    assertThat(violated.timeSeconds()).isEqualTo(5);
  }

  @Test
  void convertsTemperaturesWithTheirZero() {
    Trace trace = new Trace(new double[] {0}).with("t", "K", new double[] {318.15});
    assertThat(Judgement.of(StlParser.parse("t <= 45 °C"), trace).outcome())
        .isEqualTo(Outcome.HOLDS);
    Judgement over = Judgement.of(StlParser.parse("t < 40 °C"), trace);
    assertThat(over.marginText()).isEqualTo("-5 K");
  }

  @Test
  void refusesChannelsAndDimensionsThatDoNotFit() {
    var units =
        java.util.Map.of(
            "pack.maxTemperature", Unit.ofChannel("K"), "pack.current", Unit.ofChannel("A"));
    assertThatThrownBy(() -> FormulaCheck.check(StlParser.parse("pack.curent < 1 A"), units))
        .hasMessageContaining("Maybe 'pack.current'");
    assertThatThrownBy(() -> FormulaCheck.check(StlParser.parse("pack.current < 1 V"), units))
        .hasMessageContaining("compares current with voltage");
    assertThatThrownBy(
            () ->
                FormulaCheck.check(
                    StlParser.parse("|pack.maxTemperature - pack.maxTemperature| < 5 °C"), units))
        .hasMessageContaining("Maybe K is meant");
    assertThatThrownBy(() -> FormulaCheck.check(StlParser.parse("fault(x)"), units))
        .hasMessageContaining("fault 'fault(x)' is not known");
  }

  @Test
  void aMillionSamplesTakeWellUnderASecondAWindow() {
    int n = 1_000_000;
    double[] times = new double[n];
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = i * 0.01;
      x[i] = Math.sin(i * 1e-3);
    }
    Trace trace = new Trace(times).with("x", "V", x);
    long start = System.nanoTime();
    Judgement judged = Judgement.of(StlParser.parse("always (eventually[0,600] x > 0.9 V)"), trace);
    // O(n²) would take hours: 60,000 samples a window.
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(judged.outcome()).isEqualTo(Outcome.OPEN);
  }
}
