package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiModel;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.p2d.P2dRollout.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Derivatives with respect to every parameter against rebuilt models: a number of the cell's file
 * is changed, the cell is varied, or the start is moved, and nothing else.
 */
class ParameterDerivativeTest {
  private static final double AMBIENT = 288;
  private static final double SERIES_OHM = 0.004;
  private static final int STEPS = 16;

  /** Newton's last update; the difference quotient divides what it leaves by the step. */
  private static final double TIGHT_VOLTS = 1e-10;

  @TempDir Path directory;
  private final double[] dt = new double[STEPS];
  private final double[] amps = new double[STEPS];

  @BeforeEach
  void profile() {
    for (int k = 0; k < STEPS; k++) {
      dt[k] = k % 8 < 3 ? 1 : 20;
      amps[k] = k < 8 ? 1.6 : k < 12 ? -0.8 : 0.7;
    }
  }

  /** One combination of cell and physics. */
  private record Setup(
      String cell,
      Thermal thermal,
      Ageing ageing,
      boolean plant,
      SeiModel sei,
      PlatingModel plating) {
    P2dModel model(CellParameters parameters) {
      P2dOptions options = plant ? P2dOptions.PLANT : P2dOptions.CONTROL;
      return P2dModel.of(
          parameters.withSeiModel(sei).withPlatingModel(plating),
          options.withThermal(thermal).withAgeing(ageing));
    }
  }

  private static P2dState start(P2dModel model) {
    P2dState state = model.newState(0.55, 300);
    double rate = model.cell().nominalCapacityAmpHours();
    SolveStatus status =
        P2dStepper.step(
            model,
            state,
            P2dControl.CURRENT,
            rate,
            60,
            AMBIENT,
            model.newWorkspace(),
            new P2dOutputs());
    assertThat(status).isEqualTo(SolveStatus.OK);
    return state;
  }

  /**
   * Relative to the largest derivative of the output over the run. The quotients are extrapolated
   * (Richardson), which leaves the fourth power of the step; 10⁻¹³ of the output's scale over the
   * step is their rounding.
   */
  @ParameterizedTest
  @CsvSource({
    "lgm50, LUMPED, NONE, false, SOLVENT_DIFFUSION, PARTIALLY_REVERSIBLE",
    "lgm50, LUMPED, FULL, false, SOLVENT_DIFFUSION, PARTIALLY_REVERSIBLE",
    "lgm50, ISOTHERMAL, SEI, false, SOLVENT_DIFFUSION, PARTIALLY_REVERSIBLE",
    "lgm50, LUMPED, FULL, true, SOLVENT_DIFFUSION, PARTIALLY_REVERSIBLE",
    "lgm50, LUMPED, FULL, false, EC_REACTION, IRREVERSIBLE",
    "lgm50, LUMPED, FULL, false, REACTION, REVERSIBLE",
    "ecker2015, LUMPED, FULL, false, EC_REACTION, PARTIALLY_REVERSIBLE"
  })
  void parameterDerivativesAreFiniteDifferences(
      String cell,
      Thermal thermal,
      Ageing ageing,
      boolean plant,
      SeiModel sei,
      PlatingModel plating) {
    Setup setup = new Setup(cell, thermal, ageing, plant, sei, plating);
    P2dModel model = setup.model(resistive(load(roomy(cell)), 1, SERIES_OHM, 1));
    P2dState start = start(model);
    P2dParameter[] all = P2dParameter.values();
    P2dSensitivities exact = new P2dSensitivities(model, STEPS, all);
    exact.setNewtonVolts(TIGHT_VOLTS);
    exact.begin(start, AMBIENT);
    assertThat(exact.advance(STEPS, dt, currents(model), AMBIENT)).isEqualTo(SolveStatus.OK);
    for (P2dParameter parameter : all) {
      if (parameter == P2dParameter.FILM_RESISTANCE) {
        continue; // no cell has one of its own: filmResistanceIsThatOfTheSei
      }
      double[][] coarse = quotient(setup, parameter, start, step(parameter));
      double[][] fine = quotient(setup, parameter, start, step(parameter) / 2);
      compare(exact, parameter, coarse, fine);
    }
  }

  private static void compare(
      P2dSensitivities exact, P2dParameter parameter, double[][] coarse, double[][] fine) {
    double[] scale = {1, 1, 100, 1, 1, 1000};
    for (Output output : Output.values()) {
      int o = output.ordinal();
      double largest = 0;
      for (int k = 0; k < STEPS; k++) {
        largest = Math.max(largest, Math.abs(exact.derivative(output, k, parameter)));
      }
      for (int k = 0; k < STEPS; k++) {
        double quotient = (4 * fine[o][k] - coarse[o][k]) / 3;
        assertThat(exact.derivative(output, k, parameter))
            .as("%s at step %s to %s", output, k, parameter)
            .isCloseTo(quotient, within(1e-5 * largest + 1e-13 * scale[o] / step(parameter)));
      }
    }
  }

  private static double step(P2dParameter parameter) {
    return switch (parameter) {
      case SERIES_RESISTANCE -> 1e-3;
      case AMBIENT_TEMPERATURE, INITIAL_TEMPERATURE -> 0.2;
      case INITIAL_SOC, INITIAL_ANODE_STOICHIOMETRY, INITIAL_CATHODE_STOICHIOMETRY -> 1e-4;
      default -> 4e-3;
    };
  }

  private double[] currents(P2dModel model) {
    double[] currents = new double[STEPS];
    for (int k = 0; k < STEPS; k++) {
      currents[k] = amps[k] * model.cell().nominalCapacityAmpHours();
    }
    return currents;
  }

  private double[][] quotient(Setup setup, P2dParameter parameter, P2dState start, double h) {
    double[][] high = values(setup, parameter, start, h);
    double[][] low = values(setup, parameter, start, -h);
    double[][] slope = new double[high.length][STEPS];
    for (int o = 0; o < high.length; o++) {
      for (int k = 0; k < STEPS; k++) {
        slope[o][k] = (high[o][k] - low[o][k]) / (2 * h);
      }
    }
    return slope;
  }

  /** The outputs with a parameter changed by {@code h}. */
  private double[][] values(Setup setup, P2dParameter parameter, P2dState start, double h) {
    P2dModel model = setup.model(changed(setup, parameter, h));
    P2dState from = model.newState(0.5, 300);
    from.copyFrom(start);
    move(model, from, parameter, h);
    double ambient = AMBIENT + (parameter == P2dParameter.AMBIENT_TEMPERATURE ? h : 0);
    P2dRollout rollout = new P2dRollout(model, STEPS, STEPS);
    rollout.setNewtonVolts(TIGHT_VOLTS);
    int[] moves = new int[STEPS];
    for (int k = 0; k < STEPS; k++) {
      moves[k] = k;
    }
    assertThat(rollout.run(from, STEPS, dt, moves, currents(model), ambient, false))
        .as("%s by %s", parameter, h)
        .isEqualTo(SolveStatus.OK);
    double[][] values = new double[Output.values().length][STEPS];
    for (Output output : Output.values()) {
      for (int k = 0; k < STEPS; k++) {
        values[output.ordinal()][k] = rollout.value(output, k);
      }
    }
    return values;
  }

  private static void move(P2dModel model, P2dState state, P2dParameter parameter, double h) {
    double[] y = state.values();
    switch (parameter) {
      case INITIAL_TEMPERATURE -> y[StateLayout.T] += h;
      case INITIAL_SOC -> model.shiftSoc(state, h);
      case INITIAL_ANODE_STOICHIOMETRY -> shift(model.anode, y, h);
      case INITIAL_CATHODE_STOICHIOMETRY -> shift(model.cathode, y, h);
      default -> {}
    }
  }

  private static void shift(Side side, double[] y, double h) {
    for (int i = 0; i < side.to - side.from; i++) {
      y[side.modes + i] += h;
    }
  }

  private CellParameters changed(Setup setup, P2dParameter parameter, double h) {
    String cell = setup.cell();
    CellParameters plain = load(roomy(cell));
    double f = 1 + h;
    return switch (parameter) {
      case CAPACITY -> resistive(plain, f, SERIES_OHM / f, 1);
      case SERIES_RESISTANCE -> resistive(plain, 1, SERIES_OHM + h, 1);
      case HEAT_TRANSFER -> resistive(plain, 1, SERIES_OHM, f);
      default -> resistive(rewritten(cell, parameter, f), 1, SERIES_OHM, 1);
    };
  }

  private static CellParameters resistive(
      CellParameters cell, double capacity, double ohm, double heatTransfer) {
    return cell.with(new CellVariation(capacity, ohm, 1, 1, 1, 1, 1, 1, 0, 0, 0, heatTransfer));
  }

  private CellParameters rewritten(String cell, P2dParameter parameter, double f) {
    String anode = "Negative electrode";
    String cathode = "Positive electrode";
    String diffusivity = "Diffusivity [m2.s-1]";
    String rate = "Reaction rate constant [mol.m-2.s-1]";
    String surface = "Surface area per unit volume [m-1]";
    String user = "User-defined";
    String text = roomy(cell);
    text =
        switch (parameter) {
          case ANODE_EXCHANGE -> scaled(text, anode, rate, f);
          case CATHODE_EXCHANGE -> scaled(text, cathode, rate, f);
          case ANODE_DIFFUSIVITY -> scaled(text, anode, diffusivity, f);
          case CATHODE_DIFFUSIVITY -> scaled(text, cathode, diffusivity, f);
          case ELECTROLYTE_DIFFUSIVITY -> scaled(text, "Electrolyte", diffusivity, f);
          case ELECTROLYTE_CONDUCTIVITY -> scaled(text, "Electrolyte", "Conductivity [S.m-1]", f);
          case ANODE_ACTIVE_FRACTION -> scaled(text, anode, surface, f);
          case CATHODE_ACTIVE_FRACTION -> scaled(text, cathode, surface, f);
          case SEI_RESISTIVITY -> scaled(text, user, "SEI resistivity [Ohm.m]", f);
          case SEI_RATE -> growth(text, f);
          case PLATING_RATE ->
              scaled(text, user, "Lithium plating kinetic rate constant [m.s-1]", f);
          case HEAT_CAPACITY -> scaled(text, "Cell", "Specific heat capacity [J.K-1.kg-1]", f);
          default -> text;
        };
    return load(text);
  }

  /** Every law's own rates; a model uses those of its law. */
  private static String growth(String text, double f) {
    String user = "User-defined";
    String scaled = scaled(text, user, "SEI solvent diffusivity [m2.s-1]", f);
    if (!text.contains("EC diffusivity")) {
      return scaled;
    }
    scaled = scaled(scaled, user, "SEI reaction exchange current density [A.m-2]", f);
    scaled = scaled(scaled, user, "SEI kinetic rate constant [m.s-1]", f);
    return scaled(scaled, user, "EC diffusivity [m2.s-1]", f);
  }

  private CellParameters load(String text) {
    try {
      Path file = directory.resolve("cell.json");
      Files.writeString(file, text);
      return CellParameters.load(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shipped(String name) {
    String resource = "/dev/anodyne/core/cell/cells/" + name + ".json";
    try (InputStream in = CellParameters.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A cell with a little less active material, so that there is room for more in its electrodes.
   */
  private static String roomy(String cell) {
    String surface = "Surface area per unit volume [m-1]";
    String text = scaled(shipped(cell), "Negative electrode", surface, 0.95);
    return scaled(text, "Positive electrode", surface, 0.95);
  }

  /** A cell file with the first entry of a name in a section multiplied. */
  private static String scaled(String text, String section, String key, double factor) {
    Pattern entry = Pattern.compile("\"" + Pattern.quote(key) + "\":\\s*(\"([^\"]*)\"|[^,\\s]+)");
    Matcher matcher = entry.matcher(text);
    assertThat(matcher.find(text.indexOf("\"" + section + "\""))).as(key).isTrue();
    String formula = matcher.group(2);
    String value =
        formula == null
            ? String.valueOf(Double.parseDouble(matcher.group(1)) * factor)
            : "\"(" + formula + ") * " + factor + "\"";
    return text.substring(0, matcher.start(1)) + value + text.substring(matcher.end(1));
  }

  /**
   * A film that does not grow is the SEI's: ∂/∂R_f = ∂/∂ln ρ/(ρ L), to the growth's share of L. And
   * where there is no SEI the film acts as a vanishing one would, to its share of the resistance.
   */
  @Test
  void filmResistanceIsThatOfTheSei() {
    String still =
        scaled(shipped("lgm50"), "User-defined", "SEI solvent diffusivity [m2.s-1]", 1e-6);
    String thin = scaled(still, "User-defined", "SEI resistivity [Ohm.m]", 1e-6);
    P2dOptions sei = P2dOptions.CONTROL.withAgeing(Ageing.SEI);
    P2dSensitivities grown = film(P2dModel.of(load(still), sei));
    P2dSensitivities vanishing = film(P2dModel.of(load(thin), sei));
    P2dSensitivities none = film(P2dModel.of(load(still), P2dOptions.CONTROL));
    double film = 2e5 * 5e-9;
    for (Output output : Output.values()) {
      int k = STEPS - 1;
      double own = grown.derivative(output, k, P2dParameter.FILM_RESISTANCE) * film;
      double sized = Math.max(Math.abs(own), 1e-9);
      assertThat(grown.derivative(output, k, P2dParameter.SEI_RESISTIVITY))
          .as(output.name())
          .isCloseTo(own, within(1e-6 * sized));
      assertThat(vanishing.derivative(output, k, P2dParameter.FILM_RESISTANCE) * film)
          .as(output.name())
          .isCloseTo(
              none.derivative(output, k, P2dParameter.FILM_RESISTANCE) * film,
              within(1e-5 * sized));
    }
  }

  private P2dSensitivities film(P2dModel model) {
    P2dSensitivities s =
        new P2dSensitivities(
            model, STEPS, P2dParameter.FILM_RESISTANCE, P2dParameter.SEI_RESISTIVITY);
    s.begin(model.newState(0.5, 300), AMBIENT);
    assertThat(s.advance(STEPS, dt, currents(model), AMBIENT)).isEqualTo(SolveStatus.OK);
    return s;
  }
}
