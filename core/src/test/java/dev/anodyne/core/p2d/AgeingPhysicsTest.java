package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.EditedCell;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiData;
import dev.anodyne.core.cell.SeiModel;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Balances, signs, limits and step independence of every side reaction. */
class AgeingPhysicsTest {
  private static final double AMBIENT = 298.15;
  private static final P2dOptions ISOTHERMAL = P2dOptions.PLANT.withThermal(Thermal.ISOTHERMAL);

  private final CellParameters cell = CellParameters.load("lgm50");
  private final P2dOutputs outputs = new P2dOutputs();

  static List<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (SeiModel sei : SeiModel.values()) {
      for (PlatingModel plating : PlatingModel.values()) {
        pairs.add(Arguments.of(sei, plating));
      }
    }
    return pairs;
  }

  private CellParameters with(SeiModel sei, PlatingModel plating) {
    return cell.withSeiModel(sei).withPlatingModel(plating);
  }

  private void step(P2dModel m, P2dState s, P2dControl control, double value, double seconds) {
    assertThat(P2dStepper.step(m, s, control, value, seconds, AMBIENT, m.newWorkspace(), outputs))
        .isEqualTo(SolveStatus.OK);
  }

  private void run(P2dModel m, P2dState s, double amps, double seconds) {
    step(m, s, P2dControl.CURRENT, amps, seconds);
  }

  /** Sums telescope exactly, so only rounding is left: 1e-11 of the total is generous. */
  @ParameterizedTest
  @MethodSource("pairs")
  void lithiumAndSaltAreConserved(SeiModel sei, PlatingModel plating) {
    P2dModel model = P2dModel.of(with(sei, plating), P2dOptions.PLANT);
    P2dState state = model.newState(0.3, AMBIENT);
    double lithium = model.lithiumMol(state);
    double salt = model.electrolyteSaltMol(state);
    for (double amps : new double[] {15, 5, -10, 0, 12, -2}) {
      run(model, state, amps, 100);
      assertThat(model.lithiumMol(state)).isCloseTo(lithium, within(1e-11 * lithium));
      assertThat(model.electrolyteSaltMol(state)).isCloseTo(salt, within(1e-10 * salt));
    }
    assertThat(outputs.lossToSeiAmpHours).isPositive();
    assertThat(outputs.lossToPlatingAmpHours).isPositive();
  }

  /** What is lost has gone into SEI and metal, whose volumes are what the pores have lost. */
  @ParameterizedTest
  @MethodSource("pairs")
  void poresLoseTheVolumeOfSeiAndMetal(SeiModel sei, PlatingModel plating) {
    CellParameters c = with(sei, plating);
    P2dModel model = P2dModel.of(c, P2dOptions.PLANT);
    P2dState state = model.newState(0.3, AMBIENT);
    run(model, state, 12, 600);
    double lost = 0;
    for (int i = 0; i < model.grid.anodeNodes; i++) {
      lost += model.grid.width[i] * (model.porosity[i] - model.porosityAt(state.values(), i));
    }
    double perMol = 3600 / Constants.FARADAY;
    SeiData data = c.sei().orElseThrow();
    double volume =
        outputs.lossToSeiAmpHours * perMol / data.lithiumPerSei() * data.molarVolumeM3()
            + outputs.lossToPlatingAmpHours * perMol * c.plating().orElseThrow().molarVolumeM3();
    // Differences of porosities near 0.25 leave 1e-16/1e-4 of rounding.
    assertThat(lost * c.electrodeAreaM2()).isCloseTo(volume, within(1e-9 * volume));
    assertThat(volume).isPositive();
  }

  /** SEI grows whatever the current does, at every node; irreversible metal never leaves. */
  @ParameterizedTest
  @EnumSource(SeiModel.class)
  void seiOnlyGrowsAndSoDoesIrreversibleMetal(SeiModel sei) {
    P2dModel model = P2dModel.of(with(sei, PlatingModel.IRREVERSIBLE), P2dOptions.PLANT);
    P2dState state = model.newState(0.5, AMBIENT);
    double[] before = state.values().clone();
    for (double amps : new double[] {10, -10, 0, -5, 5}) {
      run(model, state, amps, 60);
      for (int i = 0; i < model.grid.anodeNodes; i++) {
        int film = model.layout.sei + i;
        int dead = model.layout.dead + i;
        assertThat(state.values()[film]).isGreaterThan(before[film]);
        assertThat(state.values()[dead]).isGreaterThan(before[dead]);
        assertThat(state.values()[model.layout.plated + i]).isZero();
      }
      before = state.values().clone();
    }
  }

  /**
   * Reversible metal is stripped: what the equilibrium c_Li = c_e exp(−F v/RT) leaves is little.
   */
  @Test
  void reversibleMetalComesBackAndDeadLithiumStays() {
    for (PlatingModel plating : PlatingModel.values()) {
      CellParameters c = cell.withPlatingModel(plating);
      P2dModel model = P2dModel.of(c, ISOTHERMAL.withAgeing(Ageing.PLATING));
      P2dState state = model.newState(0.3, AMBIENT);
      run(model, state, 15, 600);
      double plated = outputs.lossToPlatingAmpHours;
      run(model, state, -5, 1200);
      double left = outputs.lossToPlatingAmpHours / plated;
      if (plating == PlatingModel.IRREVERSIBLE) {
        assertThat(left).isGreaterThan(1);
      } else {
        assertThat(left).isBetween(0.0, 0.3);
      }
      double dead = 0;
      for (int i = 0; i < model.grid.anodeNodes; i++) {
        dead += state.values()[model.layout.dead + i];
      }
      assertThat(dead > 0).isEqualTo(plating != PlatingModel.REVERSIBLE);
    }
  }

  /**
   * Far below 0 V nothing is stripped: at −150 mV the stripping current is c_Li/c_e exp(F v/RT) =
   * 0.003 c_Li/c_e of the plating current. Measured 5e-4 over the whole anode with its nodes above.
   */
  @Test
  void farBelowZeroVoltsReversibilityDoesNotMatter() {
    double[] plated = new double[PlatingModel.values().length];
    for (PlatingModel plating : PlatingModel.values()) {
      CellParameters c = cell.withPlatingModel(plating);
      P2dModel model = P2dModel.of(c, ISOTHERMAL.withAgeing(Ageing.PLATING));
      P2dState state = model.newState(0.5, AMBIENT);
      step(model, state, P2dControl.ANODE_POTENTIAL, -0.15, 2);
      plated[plating.ordinal()] = outputs.lossToPlatingAmpHours;
    }
    assertThat(plated[0]).isCloseTo(plated[2], within(1e-3 * plated[2]));
    assertThat(plated[1]).isCloseTo(plated[2], within(1e-3 * plated[2]));
  }

  /**
   * At rest the potential is the anode's own, so the film obeys (L − L₀)/r + (L² − L₀²)/(2 d) = t.
   * What the self-discharge does to the potential is below 1e-4 of r in this time.
   */
  @ParameterizedTest
  @EnumSource(SeiModel.class)
  void atRestTheFilmGrowsByItsIntegratedLaw(SeiModel model) {
    CellParameters c = cell.withSeiModel(model);
    P2dModel m = P2dModel.of(c, ISOTHERMAL.withAgeing(Ageing.SEI));
    P2dState state = m.newState(0.5, AMBIENT);
    double seconds = 6 * 3600;
    run(m, state, 0, seconds);
    double grown = state.values()[m.layout.sei];
    SeiData sei = c.sei().orElseThrow();
    double u = c.anode().openCircuitVolts(c.anodeStoichiometry(0.5));
    double f = Constants.FARADAY / (Constants.GAS * AMBIENT);
    double drive = sei.law().transferCoefficient() * f * (u - sei.law().openCircuitVolts());
    double first = sei.initialThicknessM();
    double inverse = sei.reactionInverse() * Math.exp(drive);
    double took =
        (grown - first) * inverse + (grown * grown - first * first) / 2 * sei.diffusionInverse();
    // EC's generic constants bind 3 % of the lithium in this time, which moves U by 0.5 mV.
    assertThat(took)
        .isCloseTo(seconds, within((model == SeiModel.EC_REACTION ? 1e-2 : 1e-4) * seconds));
  }

  /** A month of rest in one step, which the method may take in a dozen strides. */
  @Test
  void aMonthInOneStepIsAsGoodAsItsLaw() {
    P2dModel m = P2dModel.of(cell, ISOTHERMAL.withAgeing(Ageing.SEI));
    P2dState state = m.newState(0.8, AMBIENT);
    double seconds = 30 * 86_400.0;
    run(m, state, 0, seconds);
    SeiData sei = cell.sei().orElseThrow();
    double first = sei.initialThicknessM();
    double law = Math.sqrt(first * first + 2 * seconds / sei.diffusionInverse());
    assertThat(state.values()[m.layout.sei] - first)
        .isCloseTo(law - first, within(1e-3 * (law - first)));
  }

  /** Transport infinitely fast: Tafel law with j₀ = F c k. */
  @Test
  void ecModelTendsToReactionLimited() {
    double exchange = Constants.FARADAY * 4541 * 1e-12;
    double limit =
        seiOf(
            EditedCell.of(
                    "lgm50", Map.of("SEI reaction exchange current density [A.m-2]", exchange))
                .withSeiModel(SeiModel.REACTION));
    double slow = seiOf(ec(Map.of("EC diffusivity [m2.s-1]", 2e-16)));
    double fast = seiOf(ec(Map.of("EC diffusivity [m2.s-1]", 2e-12)));
    assertThat(slow).isLessThan(0.9 * limit);
    // L k/D is 1e-8·1e-9/2e-12 = 5e-6 at k = 1e-9 m/s, the fastest there is here.
    assertThat(fast).isCloseTo(limit, within(1e-4 * limit));
  }

  /** Transport slow: L dL/dt = V̄ D c/z with EC's own D and c. */
  @Test
  void ecModelTendsToDiffusionLimited() {
    double limit =
        seiOf(
            EditedCell.of(
                "lgm50",
                Map.of(
                    "SEI solvent diffusivity [m2.s-1]",
                    2e-22,
                    "Bulk solvent concentration [mol.m-3]",
                    4541.0)));
    double quick = seiOf(ec(Map.of("EC diffusivity [m2.s-1]", 2e-22)));
    // D/(L k) is 2e-22/(5e-9 · 1e-12 exp(½ F 0.25/RT)) = 3e-4 at the most.
    assertThat(quick).isCloseTo(limit, within(1e-3 * limit)).isLessThan(limit);
  }

  private static CellParameters ec(Map<String, Double> entries) {
    return EditedCell.of("lgm50", entries).withSeiModel(SeiModel.EC_REACTION);
  }

  private double seiOf(CellParameters c) {
    P2dModel m = P2dModel.of(c, ISOTHERMAL.withAgeing(Ageing.SEI));
    P2dState state = m.newState(0.3, AMBIENT);
    run(m, state, 5, 600);
    return outputs.lossToSeiAmpHours;
  }

  /** The lower the potential, the faster the reaction: most at the separator while charging. */
  @Test
  void reactionLimitedGrowthFollowsThePotential() {
    P2dModel m =
        P2dModel.of(cell.withSeiModel(SeiModel.REACTION), ISOTHERMAL.withAgeing(Ageing.SEI));
    P2dState state = m.newState(0.3, AMBIENT);
    run(m, state, 10, 300);
    double atCollector = state.values()[m.layout.sei];
    double atSeparator = state.values()[m.layout.sei + m.grid.anodeNodes - 1];
    assertThat(atSeparator).isGreaterThan(1.001 * atCollector);
  }

  /**
   * The film's part of the voltage is R_f I/(A a L), whatever the distribution, up while charging.
   * The terminal voltage rises by more than the film's part, because the film also pushes the
   * reaction away from where it is easiest, but by less than twice.
   */
  @Test
  void filmResistanceRaisesTheVoltageOnCharge() {
    CellParameters thick = EditedCell.of("lgm50", Map.of("SEI resistivity [Ohm.m]", 2e6));
    double surface =
        cell.electrodeAreaM2() * cell.anode().surfaceAreaPerM() * cell.anode().thicknessM();
    double ohm = 2e6 * 5e-9 / surface;
    VoltageParts parts = new VoltageParts();
    for (double amps : new double[] {10, -10}) {
      P2dModel thin = P2dModel.of(cell, ISOTHERMAL.withAgeing(Ageing.SEI));
      run(thin, thin.newState(0.5, AMBIENT), amps, 60);
      double volts = outputs.voltageVolts;
      P2dModel m = P2dModel.of(thick, ISOTHERMAL.withAgeing(Ageing.SEI));
      P2dState state = m.newState(0.5, AMBIENT);
      run(m, state, amps, 60);
      parts.read(m, state);
      // In a minute the film grows by 2e-4.
      assertThat(parts.filmVolts).isCloseTo(ohm * amps, within(1e-3 * ohm * 10));
      assertThat((outputs.voltageVolts - volts) / amps).isBetween(0.9 * ohm, 2 * 0.9 * ohm);
    }
  }

  /**
   * A film so resistive that it decides where current flows makes the reaction, and with it the
   * growth driven by v, uniform: the spread over the anode shrinks with L·R.
   */
  @Test
  void aVeryResistiveFilmMakesReactionLimitedGrowthUniform() {
    double[] spread = new double[2];
    int k = 0;
    for (double resistivity : new double[] {2e5, 2e7}) {
      CellParameters c =
          EditedCell.of("lgm50", Map.of("SEI resistivity [Ohm.m]", resistivity))
              .withSeiModel(SeiModel.REACTION);
      P2dModel m = P2dModel.of(c, ISOTHERMAL.withAgeing(Ageing.SEI));
      P2dState state = m.newState(0.3, AMBIENT);
      run(m, state, 10, 300);
      int at = m.layout.sei;
      double first = state.values()[at] - 5e-9;
      double last = state.values()[at + m.grid.anodeNodes - 1] - 5e-9;
      spread[k++] = last / first - 1;
    }
    assertThat(spread[0]).isPositive();
    assertThat(Math.abs(spread[1])).isLessThan(0.5 * spread[0]);
  }

  /**
   * Losses over charge, rest and discharge do not depend on the plant's step. Halving a step of 10
   * s changes them by less than 1e-3 of themselves. Steps of one and ten minutes, sub-stepped by
   * the error of the voltage alone, by less than 1e-3 of the largest loss there was: the little
   * metal that is left after stripping is in equilibrium with the potential, of which an error of
   * 0.04 mV makes 1.6e-3.
   */
  @ParameterizedTest
  @MethodSource("pairs")
  void lossesDoNotDependOnTheStep(SeiModel sei, PlatingModel plating) {
    P2dModel model = P2dModel.of(with(sei, plating), P2dOptions.PLANT);
    double[][] fine = losses(model, 5);
    double[][] halved = losses(model, 10);
    double[][] minutes = losses(model, 60);
    double[][] long10 = losses(model, 600);
    double[] largest = new double[2];
    for (int phase = 0; phase < fine.length; phase++) {
      for (int k = 0; k < 2; k++) {
        double loss = fine[phase][k];
        largest[k] = Math.max(largest[k], loss);
        assertThat(halved[phase][k]).isCloseTo(loss, within(1e-3 * loss));
        assertThat(minutes[phase][k]).isCloseTo(loss, within(1e-3 * largest[k]));
        assertThat(long10[phase][k]).isCloseTo(loss, within(1e-3 * largest[k]));
      }
    }
  }

  /** Loss to SEI and to plating at the end of each phase. */
  private double[][] losses(P2dModel model, double seconds) {
    P2dState state = model.newState(0.2, AMBIENT);
    double[] phases = {8, 0, -5};
    double[][] loss = new double[phases.length][];
    for (int phase = 0; phase < phases.length; phase++) {
      for (int i = 0; i < Math.round(1200 / seconds); i++) {
        run(model, state, phases[phase], seconds);
      }
      loss[phase] = new double[] {outputs.lossToSeiAmpHours, outputs.lossToPlatingAmpHours};
    }
    return loss;
  }
}
