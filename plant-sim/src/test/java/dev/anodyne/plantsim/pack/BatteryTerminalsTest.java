package dev.anodyne.plantsim.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short across the battery's terminals on real cells, and the fuse that ends it. */
class BatteryTerminalsTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double DT = 1e-3;

  private static ChargingPlant plant(int series, int parallel) {
    return new ChargingPlant(
        PlantConfig.of(CELL, new PackLayout(series, parallel)).withInitialSoc(0.5));
  }

  private static void run(ChargingPlant plant, double amps, double seconds, double dt) {
    for (int i = 0; i < Math.round(seconds / dt); i++) {
      long now = Math.round(plant.timeSeconds() * 1e9);
      plant.step(dt, new CurrentCommand(amps, 1000, now + 2_000_000_000L), now);
    }
  }

  @ParameterizedTest(name = "{0}s{1}p, {2} Ohm")
  @CsvSource({"1, 1, 0.005", "1, 1, 0.05", "4, 1, 0.005", "2, 2, 0.005"})
  void cellsFeedTheShortAsOhmAndKirchhoffSay(int series, int parallel, double ohms) {
    ChargingPlant plant = plant(series, parallel);
    run(plant, 5, 2, 0.1);
    Pack pack = plant.pack();
    double before = pack.voltageVolts() - pack.ohms() * pack.chargeCurrentAmps();
    pack.terminals().setRatedAmps(Double.POSITIVE_INFINITY); // no fuse
    pack.terminals().setShortOhms(ohms);
    double soc = pack.soc();
    double ampSeconds = 0;
    for (int i = 0; i < 4; i++) {
      run(plant, 5, DT, DT);
      double through = pack.terminals().shortAmps();
      // 10 µV over the short is what the search ends with.
      assertThat(through * ohms).isCloseTo(pack.voltageVolts(), within(2e-5));
      assertThat(pack.chargeCurrentAmps() + through)
          .as("what the charger delivers")
          .isCloseTo(plant.charger().currentAmps(), within(1e-9));
      ampSeconds += pack.chargeCurrentAmps() * DT;
    }
    // Between a short without any resistance of the cells and one over twice what they have.
    assertThat(-pack.chargeCurrentAmps())
        .isBetween(before / (ohms + 2 * 0.03 * series), before / ohms);
    double capacity = CELL.nominalCapacityAmpHours() * 3600 * parallel;
    assertThat(pack.soc() - soc)
        .isCloseTo(ampSeconds / capacity, within(0.1 * ampSeconds / -capacity));
  }

  @Test
  void theFuseMeltsByWhatHasFlowedAndTheChargeEnds() {
    ChargingPlant plant = plant(4, 1);
    run(plant, 10, 3, 0.1);
    BatteryTerminals terminals = plant.pack().terminals();
    terminals.setShortOhms(0.005);
    double melted = 0;
    double meltedBefore = 0;
    double seconds = 0;
    while (!terminals.isBlown() && seconds < 1) {
      run(plant, 10, DT, DT);
      meltedBefore = melted;
      double share = plant.pack().chargeCurrentAmps() / terminals.ratedAmps();
      melted += (share * share - 1) * DT;
      seconds += DT;
    }
    assertThat(melted).isGreaterThan(BatteryTerminals.MELTING_SECONDS);
    assertThat(meltedBefore).as("a step before").isLessThan(BatteryTerminals.MELTING_SECONDS);
    assertThat(seconds).as("over-current reaction, s").isLessThan(0.25);
    run(plant, 10, 2, 0.1);
    assertThat(plant.pack().chargeCurrentAmps()).isZero();
    assertThat(terminals.shortAmps()).isZero();
    assertThat(plant.faults()).containsExactly(ChargerFault.BATTERY_MANAGEMENT_FAULT);
    terminals.setShortOhms(Double.POSITIVE_INFINITY);
    run(plant, 10, 2, 0.1);
    assertThat(plant.pack().chargeCurrentAmps()).as("the fuse stays melted").isZero();
    terminals.replaceFuse();
    run(plant, 10, 5, 0.1);
    assertThat(plant.faults()).isEmpty();
    assertThat(plant.pack().chargeCurrentAmps()).isCloseTo(10, within(0.02));
  }

  @Test
  void theChargersHighestCurrentDoesNotWarmTheFuse() {
    ChargingPlant plant = plant(1, 1);
    run(plant, 15, 60, 0.5);
    assertThat(plant.pack().terminals().isBlown()).isFalse();
    assertThat(plant.pack().chargeCurrentAmps()).isGreaterThan(14);
  }

  @Test
  void anEmptyCellGivesWhatItCan() {
    ChargingPlant plant = new ChargingPlant(PlantConfig.of(CELL).withInitialSoc(0.0));
    plant.pack().terminals().setShortOhms(1e-4);
    run(plant, 0, 1, 0.1);
    assertThat(plant.status().isUsable()).isTrue();
    assertThat(plant.pack().chargeCurrentAmps()).isLessThanOrEqualTo(0);
    assertThat(plant.pack().voltageVolts()).isFinite();
  }

  @Test
  void refusesANonsensicalResistance() {
    BatteryTerminals terminals = plant(1, 1).pack().terminals();
    assertThatThrownBy(() -> terminals.setShortOhms(0)).hasMessageContaining("above 0 Ω");
  }
}
