package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.p2d.ReferenceMesh.FaceRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine against the readable reference, and the reference against itself. */
class ReferenceP2dTest {
  /** Error of the reference in time, a step, V: a tenth of what is asked for. */
  private static final double TIME_VOLTS = 1e-6;

  /** Enough modes that the particles' error is that of the reference's shells. */
  private static final int MODES = 16;

  /**
   * Same volumes over x, same rule at their faces. What is left is the reference's shells, of the
   * second order: 60 of them cost 70 µV after a jump of 3.5C, 200 cost a tenth of that; and the
   * engine's error in time, below 2 µV in steps of 0.5 s. Temperature: 1 mK is worth 1 µV.
   */
  @ParameterizedTest
  @CsvSource({
    "chen2020, ISOTHERMAL, NONE, 0.3",
    "lgm50, LUMPED, FULL, 0.3",
    "lgm50, LUMPED, PLATING, 0.8",
    "chen2020, LUMPED, SEI, 0.5",
    "ecker2015, LUMPED, NONE, 0.3",
    "marquis2019, LUMPED, NONE, 0.5",
    "prada2013, ISOTHERMAL, NONE, 0.5"
  })
  void engineEqualsTheReferenceOnTheSameVolumes(
      String cell, Thermal thermal, Ageing ageing, double soc) {
    compare(cell, thermal, ageing, soc, 60, new double[] {1.5, -2}, new double[] {10, 5}, 8e-5);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "chen2020, ISOTHERMAL, NONE, 0.3",
    "lgm50, LUMPED, FULL, 0.3",
    "lgm50, LUMPED, FULL, 0.8",
    "okane2022, LUMPED, FULL, 0.3",
    "chen2020, LUMPED, SEI, 0.5",
    "ecker2015, LUMPED, NONE, 0.3",
    "marquis2019, LUMPED, NONE, 0.5",
    "prada2013, ISOTHERMAL, NONE, 0.5"
  })
  void engineEqualsTheReferenceToTenMicrovolts(
      String cell, Thermal thermal, Ageing ageing, double soc) {
    double[] rates = {1.5, 0, -2, 0.5, 1};
    double[] seconds = {120, 60, 60, 60, 240};
    compare(cell, thermal, ageing, soc, 200, rates, seconds, 1e-5);
  }

  private static void compare(
      String name,
      Thermal thermal,
      Ageing ageing,
      double soc,
      int shells,
      double[] rates,
      double[] seconds,
      double limitVolts) {
    CellParameters cell = CellParameters.load(name);
    P2dModel model = P2dModel.of(cell, new P2dOptions(thermal, ageing, 5, 2, 5, MODES));
    ReferenceP2d reference =
        new ReferenceP2d(cell, ReferenceMesh.of(model, shells), thermal, ageing);
    double kelvin = cell.ambientKelvin();
    double[] rest =
        reference.atRest(cell.anodeStoichiometry(soc), cell.cathodeStoichiometry(soc), kelvin);
    ReferenceRun run = new ReferenceRun(reference, rest, kelvin, TIME_VOLTS);
    P2dState state = model.newState(soc, kelvin);
    P2dOutputs outputs = new P2dOutputs();
    double[] worst = new double[3];
    for (int k = 0; k < rates.length; k++) {
      double amps = rates[k] * cell.nominalCapacityAmpHours();
      for (int part = 0; part < 5; part++) {
        run.advance(amps, seconds[k] / 5);
        steps(model, state, amps, seconds[k] / 5, outputs);
        worst[0] = Math.max(worst[0], Math.abs(outputs.voltageVolts - run.volts()));
        worst[1] = Math.max(worst[1], Math.abs(outputs.anodePotentialVolts - run.anodePotential()));
        worst[2] = Math.max(worst[2], Math.abs(outputs.temperatureKelvin - run.kelvin()));
      }
    }
    System.out.printf(
        "same volumes %-11s %-10s %-7s voltage %.1f µV, anode potential %.1f µV, %.2f mK%n",
        name, thermal, ageing, 1e6 * worst[0], 1e6 * worst[1], 1e3 * worst[2]);
    assertThat(worst[0]).as("voltage").isLessThan(limitVolts);
    assertThat(worst[1]).as("anode potential").isLessThan(limitVolts);
    assertThat(worst[2]).as("temperature").isLessThan(1e-3);
  }

  /** Half a second a step. */
  private static void steps(
      P2dModel model, P2dState state, double amps, double seconds, P2dOutputs outputs) {
    int count = (int) Math.ceil(seconds / 0.5);
    P2dWorkspace workspace = model.newWorkspace();
    for (int i = 0; i < count; i++) {
      assertThat(
              P2dStepper.step(
                  model,
                  state,
                  P2dControl.CURRENT,
                  amps,
                  seconds / count,
                  model.cell().ambientKelvin(),
                  workspace,
                  outputs))
          .isEqualTo(SolveStatus.OK);
    }
  }

  /**
   * With that code's rules at the faces and its mesh, the reference gives what the independent code
   * gave, to 0.1 mV: the two solve the same equations. What separates the engine from these files
   * is therefore their mean of κ across the jump of B between electrode and separator.
   */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "chen2020, chen_iso_1C_chg_nx60_nr120q, ISOTHERMAL, NONE, 60, 0",
    "chen2020, chen_iso_1C_dis_nx60_nr120q, ISOTHERMAL, NONE, 60, 0",
    "chen2020, chen_iso_2C_chg_nx60_nr120q, ISOTHERMAL, NONE, 60, 0",
    "chen2020, chen_lumped_2C_chg_nx60_nr120q, LUMPED, NONE, 60, 0",
    "lgm50, okane_full_analyticOCP_2C_chg_nx40_nr80q, LUMPED, FULL, 40, 0",
    "okane2022, okane_full_2C_chg_nx40_nr80q, LUMPED, FULL, 40, 0",
    "marquis2019, marquis_iso_3C_dis_nx60_nr120q, ISOTHERMAL, NONE, 60, 0",
    "prada2013, prada_iso_1C_dis_nx60_nr120q, ISOTHERMAL, NONE, 60, 0",
    "ecker2015, ecker_iso_2C_chg_nx60_nr120q, ISOTHERMAL, NONE, 60, 40"
  })
  void referenceReproducesTheIndependentCodeWithItsOwnRules(
      String name, String file, Thermal thermal, Ageing ageing, int perDomain, double leaveOut) {
    double[] theirs = distance(name, file, thermal, ageing, perDomain, FaceRule.PYBAMM, leaveOut);
    double[] ours =
        distance(name, file, thermal, ageing, perDomain, FaceRule.MEAN_INSIDE, leaveOut);
    System.out.printf(
        "%-42s its own rules %.3f mV, end %+.3f s; series at jumps %.3f mV, end %+.3f s%n",
        file, 1e3 * theirs[0], theirs[1], 1e3 * ours[0], ours[1]);
    assertThat(theirs[0]).isLessThan(1e-4);
  }

  /** Largest difference of the voltage from 10 s on, at some fifteen rows; how late it ends, s. */
  private static double[] distance(
      String name,
      String file,
      Thermal thermal,
      Ageing ageing,
      int perDomain,
      FaceRule rule,
      double leaveOut) {
    ReferenceFile rows = ReferenceFile.read(file);
    CellParameters cell = CellParameters.load(name);
    double[] radii = ReferenceMesh.even(2 * perDomain);
    ReferenceP2d p2d =
        new ReferenceP2d(
            cell, ReferenceMesh.uniform(cell, perDomain, radii, rule), thermal, ageing);
    double[] rest =
        p2d.atRest(
            rows.anodeConcentration() / cell.anode().maximumConcentration(),
            rows.cathodeConcentration() / cell.cathode().maximumConcentration(),
            cell.ambientKelvin());
    ReferenceRun run = new ReferenceRun(p2d, rest, cell.ambientKelvin(), 1e-5);
    double worst = 0;
    int last = rows.rows().length - 1;
    for (int row = last % 15; row <= last; row += Math.max(1, last / 15)) {
      double wait = rows.at(row, "t_s") - run.seconds();
      if (wait > 0 && rows.at(row, "t_s") >= 10) {
        run.advance(rows.at(0, "I_chg_A"), wait);
        double off = Math.abs(run.volts() - rows.at(row, "V"));
        worst = run.seconds() > rows.endSeconds() - leaveOut ? worst : Math.max(worst, off);
      }
    }
    return new double[] {worst, secondsLate(rows, cell, run)};
  }

  /** By the voltage's slope at the file's end; 0 when the file ends by time. */
  private static double secondsLate(ReferenceFile rows, CellParameters cell, ReferenceRun run) {
    double amps = rows.at(0, "I_chg_A");
    double left = rows.endSeconds() - run.seconds();
    if (left <= 0) {
      return 0;
    }
    run.advance(amps, 0.9 * left);
    double before = run.volts();
    run.advance(amps, 0.1 * left);
    double cutOff = amps > 0 ? cell.upperCutOffVolts() : cell.lowerCutOffVolts();
    return 0.1 * left * (cutOff - run.volts()) / (run.volts() - before);
  }

  /** Extrapolated Euler conserves lithium as every sum of Euler steps does: to rounding. */
  @Test
  void referenceConservesLithium() {
    CellParameters cell = CellParameters.load("lgm50");
    ReferenceMesh mesh =
        ReferenceMesh.uniform(cell, 4, ReferenceMesh.clustered(20), FaceRule.SERIES);
    ReferenceP2d p2d = new ReferenceP2d(cell, mesh, Thermal.LUMPED, Ageing.FULL);
    double[] rest = p2d.atRest(0.3, 0.7, 298.15);
    ReferenceRun run = new ReferenceRun(p2d, rest, 298.15, 1e-5);
    double before = p2d.lithiumMol(rest);
    run.advance(10, 20);
    run.advance(-5, 20);
    // Newton's method leaves 1 nV, which acts on currents as 1e-8 of them.
    assertThat(p2d.lithiumMol(run.state())).isCloseTo(before, within(1e-9 * before));
  }
}
