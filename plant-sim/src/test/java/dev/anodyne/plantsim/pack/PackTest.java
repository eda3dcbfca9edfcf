package dev.anodyne.plantsim.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.plantsim.environment.Environment;
import org.junit.jupiter.api.Test;

class PackTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double AMBIENT = 298.15;
  private static final double NO_CEILING = Double.POSITIVE_INFINITY;

  private static Pack pack(int series, int parallel, CellSpread spread, double soc, long seed) {
    return new Pack(
        CELL,
        P2dOptions.PLANT,
        new PackLayout(series, parallel),
        CellVariation.NONE,
        spread,
        soc,
        Environment.REFERENCE,
        SeededRandom.of(seed));
  }

  private static void run(Pack pack, double amps, double ceiling, double dt, int steps) {
    for (int i = 0; i < steps; i++) {
      assertThat(pack.step(amps, ceiling, dt, AMBIENT)).isEqualTo(SolveStatus.OK);
    }
  }

  @Test
  void seriesCellsCarryTheSameCurrentAndTheirVoltagesAddUp() {
    Pack pack = pack(4, 1, CellSpread.PRODUCTION, 0.3, 1);
    run(pack, 5.0, NO_CEILING, 1.0, 30);
    PackState state = pack.state();
    assertThat(state.cells()).allSatisfy(c -> assertThat(c.chargeCurrentAmps()).isEqualTo(5.0));
    double sum = state.cells().stream().mapToDouble(CellState::voltageVolts).sum();
    assertThat(state.voltageVolts()).isCloseTo(sum, within(1e-12)); // order of the sum
    assertThat(state.minCellVoltageVolts()).isLessThan(state.maxCellVoltageVolts());
  }

  @Test
  void chargeOfEveryCellIsTheIntegralOfItsCurrent() {
    Pack pack = pack(2, 1, CellSpread.PRODUCTION, 0.3, 5);
    double[] before = {pack.outputs(0).soc, pack.outputs(1).soc};
    run(pack, 5.0, NO_CEILING, 1.0, 360); // 0.5 A·h
    for (int i = 0; i < 2; i++) {
      double capacity = CELL.with(pack.variation(i)).capacityAmpHours();
      double gained = (pack.outputs(i).soc - before[i]) * capacity;
      // Side reactions take what is missing: SEI and plating of 6 minutes at 1C, below 0.1 %.
      double side = pack.outputs(i).lossToSeiAmpHours + pack.outputs(i).lossToPlatingAmpHours;
      assertThat(gained + side).isCloseTo(0.5, within(2e-5));
    }
  }

  @Test
  void parallelCellsShareTheCurrentAtOneVoltage() {
    Pack pack = pack(2, 3, CellSpread.PRODUCTION, 0.3, 3);
    for (int i = 0; i < 60; i++) {
      double amps = i < 30 ? 15.0 : 4.0;
      run(pack, amps, NO_CEILING, 1.0, 1);
      PackState state = pack.state();
      for (int s = 0; s < 2; s++) {
        var group = state.cells().subList(3 * s, 3 * s + 3);
        double sum = group.stream().mapToDouble(CellState::chargeCurrentAmps).sum();
        assertThat(sum).isCloseTo(amps, within(1e-9)); // exact but for rounding
        double low = group.stream().mapToDouble(CellState::voltageVolts).min().orElseThrow();
        double high = group.stream().mapToDouble(CellState::voltageVolts).max().orElseThrow();
        assertThat(high - low).isLessThan(2 * ParallelGroup.VOLTAGE_TOLERANCE);
      }
    }
    assertThat(pack.outputs(0).chargeCurrentAmps).isNotEqualTo(pack.outputs(1).chargeCurrentAmps);
  }

  @Test
  void parallelCellsOfUnequalChargeEqualiseAtRest() {
    CellSpread uneven = new CellSpread(0, 0, 0, 0, 0, 0.03, 0);
    Pack pack = pack(1, 2, uneven, 0.4, 2);
    double before = Math.abs(pack.outputs(0).soc - pack.outputs(1).soc);
    run(pack, 0.0, NO_CEILING, 1.0, 1);
    assertThat(pack.outputs(0).chargeCurrentAmps)
        .isCloseTo(-pack.outputs(1).chargeCurrentAmps, within(1e-9));
    run(pack, 0.0, NO_CEILING, 5.0, 120);
    assertThat(Math.abs(pack.outputs(0).soc - pack.outputs(1).soc)).isLessThan(0.9 * before);
  }

  @Test
  void theVoltageIsHeldAtTheCeilingAndTheCurrentFalls() {
    Pack pack = pack(2, 1, CellSpread.PRODUCTION, 0.75, 1);
    double ceiling = 8.2;
    double before = Double.POSITIVE_INFINITY;
    boolean held = false;
    for (int i = 0; i < 400; i++) {
      run(pack, 7.5, ceiling, 0.5, 1);
      assertThat(pack.voltageVolts()).isLessThanOrEqualTo(ceiling + 2e-4); // 0.1 mV and rounding
      if (pack.isAtCeiling()) {
        held = true;
        assertThat(pack.voltageVolts()).isCloseTo(ceiling, within(2e-4));
        // falls but for the noise of a solver that is accurate to 0.1 mV over about 50 mΩ
        assertThat(pack.chargeCurrentAmps()).isLessThan(before + 5e-3);
        before = pack.chargeCurrentAmps();
      }
    }
    assertThat(held).isTrue();
    assertThat(before).isLessThan(7.0);
  }

  @Test
  void aBatteryAboveTheCeilingTakesNothing() {
    Pack pack = pack(1, 1, CellSpread.NONE, 0.9, 1);
    run(pack, 5.0, 3.5, 1.0, 3);
    assertThat(pack.chargeCurrentAmps()).isZero();
    assertThat(pack.voltageVolts()).isGreaterThan(3.5);
  }

  @Test
  void initialChargeIsCentredOnTheGivenOne() {
    Pack pack = pack(4, 2, CellSpread.PRODUCTION, 0.1, 9);
    assertThat(pack.soc()).isCloseTo(0.1, within(1e-9));
    assertThat(pack.state().maxSoc() - pack.state().minSoc()).isBetween(0.001, 0.03);
  }

  @Test
  void theSeedFixesEverythingBitForBit() {
    Pack a = pack(2, 2, CellSpread.PRODUCTION, 0.2, 77);
    Pack b = pack(2, 2, CellSpread.PRODUCTION, 0.2, 77);
    Pack other = pack(2, 2, CellSpread.PRODUCTION, 0.2, 78);
    run(a, 8.0, 8.3, 0.5, 40);
    run(b, 8.0, 8.3, 0.5, 40);
    run(other, 8.0, 8.3, 0.5, 40);
    assertThat(a.state()).isEqualTo(b.state());
    assertThat(a.state()).isNotEqualTo(other.state());
  }

  @Test
  void platingExposureIntegratesWhatIsBelowZero() {
    Pack pack = pack(1, 1, CellSpread.NONE, 0.5, 1);
    double expected = 0;
    double before = Math.max(0, -pack.outputs(0).anodePotentialVolts);
    for (int i = 0; i < 120; i++) {
      run(pack, 15.0, NO_CEILING, 1.0, 1); // 3C plates deeply at half charge
      double after = Math.max(0, -pack.outputs(0).anodePotentialVolts);
      expected += 0.5 * (before + after);
      before = after;
    }
    assertThat(before).isGreaterThan(0.01);
    assertThat(pack.state().platingExposureVoltSeconds()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void lostCoolingMakesTheCellHotter() {
    Pack cooled = pack(1, 1, CellSpread.NONE, 0.2, 1);
    Pack lost = pack(1, 1, CellSpread.NONE, 0.2, 1);
    run(cooled, 10.0, NO_CEILING, 1.0, 60);
    run(lost, 10.0, NO_CEILING, 1.0, 60);
    lost.setHeatTransfer(0.0);
    run(cooled, 10.0, NO_CEILING, 1.0, 120);
    run(lost, 10.0, NO_CEILING, 1.0, 120);
    assertThat(lost.outputs(0).temperatureKelvin)
        .isGreaterThan(cooled.outputs(0).temperatureKelvin + 1.0);
  }

  @Test
  void anInternalShortDrainsItsCellOnly() {
    Pack pack = pack(2, 1, CellSpread.NONE, 0.5, 1);
    pack.setInternalShort(1, 5.0);
    run(pack, 0.0, NO_CEILING, 1.0, 60);
    assertThat(pack.outputs(0).chargeCurrentAmps).isZero();
    double amps = pack.outputs(1).chargeCurrentAmps;
    // Ohm's law on the voltage at the step's start, which moves by well below 1 mV a step
    assertThat(amps).isCloseTo(-pack.outputs(1).voltageVolts / 5.0, within(1e-3));
    assertThat(pack.outputs(1).soc).isLessThan(pack.outputs(0).soc);
  }

  @Test
  void disturbancesChangeOneCellOnly() {
    Pack pack = pack(2, 1, CellSpread.NONE, 0.5, 1);
    run(pack, 5.0, NO_CEILING, 1.0, 30);
    double before = pack.outputs(1).voltageVolts;
    pack.disturb(1, new CellVariation(1, 0.01, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1));
    run(pack, 5.0, NO_CEILING, 0.1, 1);
    // 10 mΩ at 5 A; 0.1 s of charging moves the voltage by less than 0.5 mV
    assertThat(pack.outputs(1).voltageVolts - before).isCloseTo(0.05, within(5e-4));
    assertThat(pack.outputs(0).voltageVolts).isCloseTo(before, within(5e-4));

    pack.shiftSoc(0, -0.1);
    run(pack, 0.0, NO_CEILING, 0.1, 1);
    assertThat(pack.outputs(1).soc - pack.outputs(0).soc).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void refusesAChargeOutsideZeroToOne() {
    assertThatThrownBy(() -> pack(1, 1, CellSpread.NONE, 1.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.2");
  }
}
