package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Books of an ageing cell over twenty cycles. */
class CyclesTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final int CYCLES = 20;
  private static SimulationResult result;

  @BeforeAll
  static void run() {
    Protocol load =
        Protocol.parse(
            "Charge at 1C until 4.2 V; Hold at 4.2 V until C/5; Discharge at 1C until 2.5 V");
    result =
        ProtocolRunner.run(
            SimulationRequest.of(CELL, P2dOptions.PLANT, load, 0.1, 298.15)
                .withCycles(CYCLES)
                .withPeriodSeconds(600));
  }

  /** Lithium in both electrodes and in what the side reactions have made, A·h. */
  private static double lithium(int row) {
    SimulationTable t = result.table();
    double area = CELL.electrodeAreaM2();
    return t.value(row, SimulationColumns.ANODE_STOICHIOMETRY)
            * CELL.anode().siteCapacityAmpHours(area)
        + t.value(row, SimulationColumns.CATHODE_STOICHIOMETRY)
            * CELL.cathode().siteCapacityAmpHours(area)
        + t.value(row, SimulationColumns.LOSS_TO_SEI)
        + t.value(row, SimulationColumns.LOSS_TO_PLATING);
  }

  @Test
  void lithiumIsConserved() {
    double first = lithium(0);
    for (int row = 1; row < result.table().rowCount(); row++) {
      // Linear in the unknowns and conserved by the method: rounding over thousands of sub-steps.
      assertThat(lithium(row)).isCloseTo(first, within(1e-9 * first));
    }
  }

  @Test
  void chargeThatStaysIsInTheAnodeOrLost() {
    SimulationTable t = result.table();
    int last = t.rowCount() - 1;
    double stayed =
        result.cycles().stream()
            .mapToDouble(c -> c.chargedAmpHours() - c.dischargedAmpHours())
            .sum();
    double inAnode =
        (t.value(last, SimulationColumns.ANODE_STOICHIOMETRY)
                - t.value(0, SimulationColumns.ANODE_STOICHIOMETRY))
            * CELL.anode().siteCapacityAmpHours(CELL.electrodeAreaM2());
    double lost =
        t.value(last, SimulationColumns.LOSS_TO_SEI)
            + t.value(last, SimulationColumns.LOSS_TO_PLATING);
    // Charge conservation at every node is a residual of Newton's method: 1e-7 of 200 A·h passed.
    assertThat(stayed).isCloseTo(inAnode + lost, within(2e-5));
    assertThat(lost).isGreaterThan(1e-3);
  }

  @Test
  void efficienciesAndLossesAreThoseOfACell() {
    assertThat(result.cycles()).hasSize(CYCLES);
    List<CycleSummary> cycles = result.cycles();
    for (int i = 1; i < CYCLES; i++) {
      CycleSummary now = cycles.get(i);
      assertThat(now.startSeconds()).isEqualTo(cycles.get(i - 1).endSeconds());
      assertThat(now.coulombicEfficiency()).isBetween(0.99, 1.0);
      // ±1C over some 60 mΩ at 3.7 V lose about a sixth
      assertThat(now.energyEfficiency()).isBetween(0.8, 0.97);
      assertThat(now.lossToSeiAmpHours()).isGreaterThan(cycles.get(i - 1).lossToSeiAmpHours());
      assertThat(now.capacityAmpHours()).isLessThan(cycles.get(i - 1).capacityAmpHours());
      assertThat(now.minAnodePotentialVolts()).isBetween(-0.1, 0.1);
    }
  }

  @Test
  void theColumnsCapacityIsTheMeasuredOneLessWhatTheTestsCurrentCosts() {
    CycleSummary first = result.cycles().get(0);
    CycleSummary last = result.cycles().get(CYCLES - 1);
    // C/20 over the cell's resistance and diffusion: the test sees 0.2 to 2 % less than at rest.
    for (CycleSummary cycle : List.of(first, last)) {
      double share = cycle.measuredCapacityAmpHours() / cycle.capacityAmpHours();
      assertThat(share).isBetween(0.98, 0.998);
    }
    // Two tests differ by what was lost between them, and by what each costs itself: some 40 h of
    // SEI growth, a fifth of twenty cycles' loss, and more of it while the film is thin.
    double lost = first.capacityAmpHours() - last.capacityAmpHours();
    double measured = first.measuredCapacityAmpHours() - last.measuredCapacityAmpHours();
    assertThat(measured).isCloseTo(lost, within(0.2 * lost));
  }
}
