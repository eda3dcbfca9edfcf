package dev.anodyne.plantsim.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.CellLimit;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.plantsim.environment.Environment;
import java.lang.management.ManagementFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Cells in parallel, conductors between them, heat between them, and cells that are lost. */
class ParallelCellsTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double AMBIENT = 298.15;
  private static final double NO_CEILING = Double.POSITIVE_INFINITY;

  /** What the wiring promises: two cells of a group differ by less than a microvolt. */
  private static final double VOLTS = 1e-6;

  private static Pack pack(
      int series, int parallel, CellSpread spread, PackBuild build, double soc, long seed) {
    return new Pack(
        CELL,
        P2dOptions.PLANT,
        new PackLayout(series, parallel),
        CellVariation.NONE,
        spread,
        build,
        soc,
        Environment.REFERENCE,
        SeededRandom.of(seed));
  }

  private static void step(Pack pack, double amps, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(pack.step(amps, NO_CEILING, 1.0, AMBIENT)).isEqualTo(SolveStatus.OK);
    }
  }

  @Property(tries = 12)
  void kirchhoffHoldsWhateverTheSpread(
      @ForAll @IntRange(min = 2, max = 4) int parallel,
      @ForAll @DoubleRange(min = 0.1, max = 0.8) double soc,
      @ForAll @DoubleRange(min = 0, max = 0.1) double sigma,
      @ForAll @IntRange(min = 0, max = 10) int busbarTenthsOfMilliohm,
      @ForAll @DoubleRange(min = -10, max = 10) double ampsACell,
      @ForAll @IntRange(min = 1, max = 1000) int seed) {
    double busbarOhms = 1e-4 * busbarTenthsOfMilliohm;
    CellSpread spread = new CellSpread(sigma, 2e-3, sigma, sigma, sigma, 0.2 * sigma, 1);
    AgeingSpread aged =
        new AgeingSpread(
            new AgeingSpread.Share(0.05, 0.01),
            new AgeingSpread.Share(0.03, 0.01),
            new AgeingSpread.Share(0.02, 0.005),
            new AgeingSpread.Share(1e-8, 2e-9),
            new AgeingSpread.Share(1e-3, 3e-4));
    PackBuild build = PackBuild.IDEAL.withAgeing(aged).withConductors(busbarOhms, 1e-4);
    Pack pack = pack(2, parallel, spread, build, soc, seed);
    double[] begin = new double[2 * parallel];
    double[] charge = new double[2 * parallel];
    for (int i = 0; i < begin.length; i++) {
      begin[i] = pack.outputs(i).soc;
    }
    double[] loads = {1, 0, -0.5, 1};
    for (double load : loads) {
      for (int k = 0; k < 5; k++) {
        double amps = parallel * ampsACell * load;
        assertThat(pack.step(amps, NO_CEILING, 1.0, AMBIENT)).isEqualTo(SolveStatus.OK);
        for (int i = 0; i < charge.length; i++) {
          charge[i] += pack.outputs(i).chargeCurrentAmps / 3600;
        }
        checkGroups(pack, amps, busbarOhms);
      }
    }
    for (int i = 0; i < charge.length; i++) {
      // Side reactions take a few 1e-5 of the capacity in 20 s; see PackTest.
      double side = pack.outputs(i).lossToSeiAmpHours + pack.outputs(i).lossToPlatingAmpHours;
      double capacity = capacity(pack, i);
      assertThat((pack.outputs(i).soc - begin[i]) * capacity + side)
          .isCloseTo(charge[i], within(2e-6));
    }
  }

  private static double capacity(Pack pack, int cell) {
    return CELL.with(pack.variation(cell)).capacityAmpHours();
  }

  private static void checkGroups(Pack pack, double amps, double busbarOhms) {
    int parallel = pack.layout().parallel();
    for (int s = 0; s < pack.layout().series(); s++) {
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < parallel; i++) {
        double drop = 0;
        for (int j = 0; j < parallel; j++) {
          drop += busbarOhms * Math.min(i, j) * pack.outputs(s * parallel + j).chargeCurrentAmps;
        }
        sum += pack.outputs(s * parallel + i).chargeCurrentAmps;
        double volts = pack.outputs(s * parallel + i).voltageVolts + drop;
        low = Math.min(low, volts);
        high = Math.max(high, volts);
      }
      assertThat(sum).isCloseTo(amps, within(1e-9 * Math.max(1, Math.abs(amps))));
      assertThat(high - low).isLessThan(VOLTS);
    }
  }

  @Test
  void energyOfThePackIsThatOfItsCellsAndConductors() {
    double busbar = 5e-4;
    double link = 1e-3;
    PackBuild build = PackBuild.IDEAL.withConductors(busbar, link);
    Pack pack = pack(2, 3, CellSpread.PRODUCTION, build, 0.4, 3);
    for (int k = 0; k < 20; k++) {
      double amps = k < 10 ? 15 : -20;
      step(pack, amps, 1);
      double power = 2 * link * amps * amps;
      for (int s = 0; s < 2; s++) {
        double first = pack.outputs(3 * s).chargeCurrentAmps;
        double second = pack.outputs(3 * s + 1).chargeCurrentAmps;
        double third = pack.outputs(3 * s + 2).chargeCurrentAmps;
        assertThat(first + second + third).isCloseTo(amps, within(1e-8));
        power += busbar * ((second + third) * (second + third) + third * third);
        for (int i = 0; i < 3; i++) {
          power += pack.outputs(3 * s + i).voltageVolts * pack.outputs(3 * s + i).chargeCurrentAmps;
        }
      }
      // Loops close to a microvolt at 20 A.
      assertThat(power).isCloseTo(pack.voltageVolts() * amps, within(1e-4));
    }
  }

  @Test
  void everyCellTakesItsCurrentAsItWouldAlone() {
    Pack pack = pack(1, 2, CellSpread.PRODUCTION, PackBuild.IDEAL, 0.4, 8);
    double cooling = Environment.REFERENCE.heatTransferWattsPerM2Kelvin();
    P2dModel[] models = new P2dModel[2];
    P2dState[] states = new P2dState[2];
    for (int i = 0; i < 2; i++) {
      models[i] =
          P2dModel.of(CELL.withHeatTransfer(cooling).with(pack.variation(i)), P2dOptions.PLANT);
      P2dOutputs rest = pack.outputs(i);
      states[i] = models[i].newState(rest.soc, rest.temperatureKelvin);
    }
    P2dOutputs alone = new P2dOutputs();
    for (double amps : new double[] {10, 10, -10, 0, 20, 20, 0}) {
      step(pack, amps, 1);
      for (int i = 0; i < 2; i++) {
        P2dOutputs shared = pack.outputs(i);
        P2dStepper.step(
            models[i],
            states[i],
            P2dControl.CURRENT,
            shared.chargeCurrentAmps,
            1,
            AMBIENT,
            models[i].newWorkspace(),
            alone);
        // The error control's own accuracy, some sub-steps of 0.04 mV: their lengths differ a bit.
        assertThat(shared.voltageVolts).isCloseTo(alone.voltageVolts, within(5e-5));
        assertThat(shared.anodePotentialVolts).isCloseTo(alone.anodePotentialVolts, within(5e-5));
        assertThat(shared.temperatureKelvin).isCloseTo(alone.temperatureKelvin, within(1e-5));
        assertThat(shared.soc).isCloseTo(alone.soc, within(1e-8));
      }
    }
  }

  /** After a ramp the first guess soon is the answer again: closer than is asked of trials. */
  @Test
  void underASteadyCurrentTheSplitIsGuessed() {
    Pack pack = pack(1, 3, CellSpread.PRODUCTION, PackBuild.IDEAL, 0.3, 7);
    double worst = 0;
    for (int k = 0; k < 400; k++) {
      double amps = Math.min(12, 6 + 0.1 * k);
      assertThat(pack.step(amps, NO_CEILING, 0.01, AMBIENT)).isEqualTo(SolveStatus.OK);
      double apart = 0;
      for (int i = 1; i < 3; i++) {
        double volts = pack.outputs(i).voltageVolts - pack.outputs(0).voltageVolts;
        apart = Math.max(apart, Math.abs(volts));
      }
      assertThat(apart).isLessThan(VOLTS);
      worst = k >= 250 ? Math.max(worst, apart) : 0;
    }
    assertThat(worst).isLessThan(0.02 * VOLTS);
  }

  @Test
  void equalCellsShareEquallyAndAWeakOneTakesLess() {
    Pack equal = pack(1, 3, CellSpread.NONE, PackBuild.IDEAL, 0.4, 1);
    step(equal, 15, 20);
    for (int i = 0; i < 3; i++) {
      assertThat(equal.outputs(i).chargeCurrentAmps).isCloseTo(5.0, within(1e-9));
    }
    Pack weak = pack(1, 3, CellSpread.NONE, PackBuild.IDEAL, 0.4, 1);
    weak.disturb(1, new CellVariation(1, 5e-3, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1));
    step(weak, 15, 20);
    assertThat(weak.outputs(1).chargeCurrentAmps).isLessThan(4.7);
    assertThat(weak.outputs(0).chargeCurrentAmps)
        .isCloseTo(weak.outputs(2).chargeCurrentAmps, within(1e-4)); // a microvolt over 20 mΩ
  }

  @Test
  void theOthersTakeOverFromAnOpenCell() {
    Pack pack = pack(2, 3, CellSpread.PRODUCTION, PackBuild.IDEAL, 0.4, 5);
    step(pack, 12, 5);
    pack.setConnected(1, false);
    step(pack, 12, 5);
    assertThat(pack.outputs(1).chargeCurrentAmps).isZero();
    assertThat(pack.outputs(0).chargeCurrentAmps + pack.outputs(2).chargeCurrentAmps)
        .isCloseTo(12, within(1e-8));
    assertThat(Math.abs(pack.outputs(0).voltageVolts - pack.outputs(2).voltageVolts))
        .isLessThan(VOLTS);
    pack.setConnected(1, true);
    step(pack, 12, 5);
    checkGroups(pack, 12, 0);
  }

  @Test
  void aCellAtItsEndIsNamedAndNothingChanges() {
    CellSpread uneven = new CellSpread(0, 0, 0, 0, 0, 0.05, 0);
    Pack pack = pack(3, 1, uneven, PackBuild.IDEAL, 0.06, 4);
    int lowest = pack.weakest(WeakCell.Quantity.LOW_SOC).cellIndex();
    SolveStatus status = SolveStatus.OK;
    double before = 0;
    for (int i = 0; i < 600 && status.isUsable(); i++) {
      before = pack.soc();
      status = pack.step(-5, NO_CEILING, 5.0, AMBIENT);
    }
    assertThat(status).isEqualTo(SolveStatus.CELL_LIMIT);
    assertThat(pack.soc()).isEqualTo(before);
    PackLimit limit = pack.limit().orElseThrow();
    assertThat(limit.cellIndex()).isEqualTo(lowest);
    assertThat(limit.limit()).isEqualTo(CellLimit.ANODE_EMPTY);
    assertThat(limit.describe()).contains("cell " + lowest).contains("anode's surface is empty");
    step(pack, 5, 1); // and it can be charged again
    assertThat(pack.limit()).isEmpty();
  }

  @Test
  void theWeakestCellIsFoundAndExplained() {
    Pack pack = pack(4, 1, CellSpread.NONE, PackBuild.IDEAL, 0.5, 1);
    pack.disturb(2, new CellVariation(1, 3e-3, 0.6, 1, 1, 1, 1, 1, 0, 0, 0, 1));
    step(pack, 10, 120);
    WeakCell weakest = pack.weakest();
    assertThat(weakest.quantity()).isEqualTo(WeakCell.Quantity.ANODE_POTENTIAL);
    assertThat(weakest.cellIndex()).isEqualTo(2);
    assertThat(weakest.value()).isLessThan(weakest.mean());
    assertThat(pack.weakest(WeakCell.Quantity.HIGH_VOLTAGE).cellIndex()).isEqualTo(2);
    assertThat(weakest.reason()).containsAnyOf("series resistance", "anode diffusivity");
    assertThat(weakest.describe()).contains("cell 2").contains("lowest anode potential");
  }

  @Test
  void theCoolantWarmsUpAndHeatFlowsBetweenNeighboursWithoutLoss() {
    PackBuild gradient = PackBuild.IDEAL.withHeat(6, 0);
    Pack apart = pack(3, 1, CellSpread.NONE, gradient, 0.4, 1);
    Pack coupled = pack(3, 1, CellSpread.NONE, gradient.withHeat(6, 0.5), 0.4, 1);
    assertThat(apart.outputs(2).temperatureKelvin).isCloseTo(AMBIENT + 6, within(1e-9));
    // Insulated and at rest, only the neighbours exchange: the sum is that of cells apart. (The
    // side reactions warm both by some 1e-5 K.)
    apart.setHeatTransfer(0);
    coupled.setHeatTransfer(0);
    step(apart, 0, 60);
    step(coupled, 0, 60);
    double spreadApart = apart.outputs(2).temperatureKelvin - apart.outputs(0).temperatureKelvin;
    double spread = coupled.outputs(2).temperatureKelvin - coupled.outputs(0).temperatureKelvin;
    assertThat(spread).isLessThan(0.8 * spreadApart);
    assertThat(spread).isPositive();
    assertThat(temperatures(coupled)).isCloseTo(temperatures(apart), within(1e-6));
  }

  private static double temperatures(Pack pack) {
    double sum = 0;
    for (int i = 0; i < pack.cellCount(); i++) {
      sum += pack.outputs(i).temperatureKelvin;
    }
    return sum;
  }

  @Test
  void aStepLeavesTheHeapAlone() {
    Pack pack = pack(4, 2, CellSpread.PRODUCTION, PackBuild.IDEAL.withHeat(3, 0.2), 0.3, 2);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] loads = {10, 10, -5, 0, 10};
    long used = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (double amps : loads) {
        pack.step(amps, 16.7, 1.0, AMBIENT);
      }
      long now = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
      used = Math.min(used, now - before);
    }
    assertThat(used).isZero();
  }
}
