package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Jumps, rests, reversals, held voltages and powers in any order: a named end and numbers only. */
class RandomLoadTest {
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void anyLoadEndsInANamedEvent(
      @ForAll("cells") String set,
      @ForAll @Size(min = 1, max = 6) List<@From("steps") String> steps,
      @ForAll @DoubleRange(min = 0, max = 1) double soc,
      @ForAll @DoubleRange(min = -20, max = 55) double celsius,
      @ForAll boolean lumped,
      @ForAll boolean ageing) {
    CellParameters cell = CellParameters.load(set);
    SimulationRequest request =
        SimulationRequest.of(
                cell,
                options(cell, lumped, ageing),
                Protocol.parse(steps.stream().collect(Collectors.joining("; "))),
                soc,
                273.15 + celsius)
            .withPeriodSeconds(30);
    SimulationResult result = ProtocolRunner.run(request);
    assertThat(result.termination().kind())
        .as(result.termination().description())
        .isNotEqualTo(SimulationTermination.Kind.NUMERICAL_FAILURE);
    for (String column : result.table().columns()) {
      for (double value : result.table().column(column)) {
        assertThat(value).as(column).isFinite();
      }
    }
  }

  private static P2dOptions options(CellParameters cell, boolean lumped, boolean ageing) {
    boolean hasHeat = cell.thermal().isPresent();
    boolean hasBoth = cell.sei().isPresent() && cell.plating().isPresent();
    return P2dOptions.PLANT
        .withThermal(lumped && hasHeat ? P2dOptions.Thermal.LUMPED : P2dOptions.Thermal.ISOTHERMAL)
        .withAgeing(ageing && hasBoth ? P2dOptions.Ageing.FULL : P2dOptions.Ageing.NONE);
  }

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.of(CellParameters.shippedNames());
  }

  @Provide
  Arbitrary<String> steps() {
    Arbitrary<Double> rate = Arbitraries.doubles().between(0.1, 10);
    Arbitrary<Double> seconds = Arbitraries.doubles().between(0.1, 600);
    Arbitrary<String> constant =
        Combinators.combine(Arbitraries.of("Charge", "Discharge"), rate, seconds)
            .as((verb, r, s) -> text("%s at %.3fC for %.2f s", verb, r, s));
    Arbitrary<String> power =
        Combinators.combine(
                Arbitraries.of("Charge", "Discharge"),
                Arbitraries.doubles().between(0.1, 100),
                seconds)
            .as((verb, w, s) -> text("%s at %.3f W for %.2f s", verb, w, s));
    Arbitrary<String> hold =
        Combinators.combine(Arbitraries.doubles().between(2.0, 4.4), seconds)
            .as((v, s) -> text("Hold at %.3f V for %.2f s", v, s));
    Arbitrary<String> rest = seconds.map(s -> text("Rest for %.2f s", s));
    return Arbitraries.oneOf(constant, power, hold, rest);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
