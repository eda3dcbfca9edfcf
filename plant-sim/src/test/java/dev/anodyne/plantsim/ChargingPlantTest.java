package dev.anodyne.plantsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.plantsim.charger.ChargerFaultInjection;
import dev.anodyne.plantsim.pack.CellSpread;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargingPlantTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final PackLayout LAYOUT = new PackLayout(4, 1);
  private static final long SECOND = 1_000_000_000L;
  private static final long NEVER = Long.MAX_VALUE / 2;

  private static PlantConfig demo() {
    return PlantConfig.of(CELL, LAYOUT).withSpread(CellSpread.PRODUCTION);
  }

  private static CurrentCommand command(double amps) {
    return new CurrentCommand(amps, 16.8, NEVER);
  }

  private static void run(ChargingPlant plant, CurrentCommand command, int seconds) {
    for (int i = 0; i < seconds; i++) {
      plant.step(1.0, command, Math.round(plant.timeSeconds() * 1e9));
    }
  }

  @ParameterizedTest(name = "{0}C")
  @CsvSource({
    "0.75, 58.2, 0.1, 27",
    "1.0, 45.3, -9.6, 28",
    "2.0, 28.2, -46, 36",
    "3.0, 23.1, -68, 45"
  })
  void theReferenceChargeIsThatOfAnIndependentSolver(
      double cRate, double minutes, double lowestMillivolts, double hottestCelsius) {
    // PyBaMM's DFN with lumped heat and without ageing: 10 to 80 % at 25 °C and 40 W/m²K.
    PlantConfig config = PlantConfig.of(CELL).withAgeing(P2dOptions.Ageing.NONE);
    ChargingPlant plant = new ChargingPlant(config);
    int seconds = 0;
    while (plant.trueSoc() < 0.8 && seconds < 7200) {
      plant.step(1.0, new CurrentCommand(5 * cRate, 4.2, NEVER), seconds * SECOND);
      seconds++;
    }
    // 0.1 min are the charger's first ramp and the whole seconds; the other 0.2 the 0.2 % by which
    // the reference's capacity (5.145 A·h, a slow discharge) differs from the balance's, at any
    // rate
    assertThat(seconds / 60.0).isCloseTo(minutes, within(0.3));
    assertThat(1e3 * plant.extremes().minAnodePotentialVolts())
        .isCloseTo(lowestMillivolts, within(1.0)); // the table's rounding and 0.5 mV of the model
    assertThat(plant.extremes().maxTemperatureKelvin() - 273.15)
        .isCloseTo(hottestCelsius, within(0.8)); // the table's rounding to 1 °C
  }

  @Test
  void constantVoltageNeverPassesItsCeiling() {
    ChargingPlant plant = new ChargingPlant(demo().withInitialSoc(0.7));
    run(plant, command(10), 900);
    assertThat(plant.pack().isAtCeiling()).isTrue();
    // DESIGN: no voltage limit is passed by more than 2 mV
    assertThat(plant.extremes().maxVoltageVolts()).isBetween(16.798, 16.802);
    assertThat(plant.truth().chargeCurrentAmps()).isBetween(0.1, 9.0);
  }

  @Property(tries = 20)
  void rampIsRespectedOnEveryStepWhateverIsAsked(
      @ForAll @Size(12) List<@DoubleRange(min = 0, max = 20) Double> amps) {
    ChargerCapabilities slow = new ChargerCapabilities(8, 18, 15, 300, 2.0);
    ChargingPlant plant =
        new ChargingPlant(
            PlantConfig.of(CELL)
                .withInitialSoc(0.3)
                .withCapabilities(
                    new ChargerCapabilities(2, 5, 15, 300, slow.maxRampAmpsPerSecond())));
    double before = 0;
    for (double wanted : amps) {
      plant.step(0.5, new CurrentCommand(wanted, 4.2, NEVER), 0);
      double now = plant.truth().chargeCurrentAmps();
      // up: never faster than the ramp; down: only the voltage regulator may be faster
      assertThat(now - before).isLessThanOrEqualTo(2.0 * 0.5 + 1e-9);
      if (!plant.pack().isAtCeiling()) {
        assertThat(before - now).isLessThanOrEqualTo(2.0 * 0.5 + 1e-9);
      }
      before = now;
    }
  }

  @Test
  void anExpiredCommandEndsTheChargeWithinTheStatedTime() {
    ChargingPlant plant = new ChargingPlant(demo());
    CurrentCommand command = new CurrentCommand(10, 16.8, 10 * SECOND);
    run(plant, command, 10);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(10);
    run(plant, command, 1);
    assertThat(plant.truth().chargeCurrentAmps()).isZero();
  }

  @Test
  void equalConfigurationsBehaveTheSameAndSeedsDiffer() {
    ChargingPlant a = new ChargingPlant(demo());
    ChargingPlant b = new ChargingPlant(demo());
    ChargingPlant other = new ChargingPlant(demo().withSeed(2));
    for (int i = 0; i < 20; i++) {
      for (ChargingPlant plant : List.of(a, b, other)) {
        plant.step(1.0, command(8), i * SECOND);
      }
      assertThat(a.measure((i + 1) * SECOND)).isEqualTo(b.measure((i + 1) * SECOND));
      assertThat(a.measure((i + 1) * SECOND)).isNotEqualTo(other.measure((i + 1) * SECOND));
    }
    assertThat(a.truth()).isEqualTo(b.truth());
  }

  @Test
  void sensorsReadTheTruthWithTheirErrors() {
    ChargingPlant perfect = new ChargingPlant(demo().withSensors(SensorErrors.NONE));
    run(perfect, command(8), 20);
    Measurement m = perfect.measure(20 * SECOND);
    var truth = perfect.truth();
    assertThat(m.chargeCurrentAmps()).isEqualTo(truth.chargeCurrentAmps());
    assertThat(m.voltageVolts()).isEqualTo(truth.voltageVolts());
    assertThat(m.minCellVoltageVolts()).isEqualTo(truth.minCellVoltageVolts());
    assertThat(m.maxCellVoltageVolts()).isEqualTo(truth.maxCellVoltageVolts());
    assertThat(m.minCellTemperatureKelvin()).isEqualTo(truth.minCellTemperatureKelvin());
    assertThat(m.maxCellTemperatureKelvin()).isEqualTo(truth.maxCellTemperatureKelvin());
    assertThat(m.isUsable()).isTrue();
    assertThat(perfect.measure(20 * SECOND)).isSameAs(m);

    perfect.setSensorErrors(
        SensorErrors.NONE.withVoltage(SensorModel.PERFECT.withDropOut(1.0, 0.0)));
    assertThat(perfect.measure(21 * SECOND).quality()).isEqualTo(Quality.BAD);
  }

  @Test
  void extremesAreTheWorstOverEveryStepOfThePhysics() {
    ChargingPlant fine = new ChargingPlant(demo().withInitialSoc(0.4));
    run(fine, command(14), 60);
    double lowest = fine.extremes().minAnodePotentialVolts();
    run(fine, command(1), 120); // relaxes
    assertThat(fine.truth().minAnodePotentialVolts()).isGreaterThan(lowest + 0.01);
    assertThat(fine.extremes().minAnodePotentialVolts()).isEqualTo(lowest);
    assertThat(fine.extremes().maxChargeCurrentAmps()).isCloseTo(14, within(1e-9));
    fine.resetExtremes();
    assertThat(fine.extremes().maxChargeCurrentAmps()).isCloseTo(1, within(0.05));
  }

  @Test
  void faultsAndUnpluggingStopTheCharge() {
    ChargingPlant plant = new ChargingPlant(demo());
    run(plant, command(10), 10);
    plant.setFault(ChargerFault.VENDOR_WARNING, true);
    run(plant, command(10), 2);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(10);
    plant.setFault(ChargerFault.EMERGENCY_STOP, true);
    run(plant, command(10), 1);
    assertThat(plant.truth().chargeCurrentAmps()).isZero();
    assertThat(plant.faults())
        .containsExactlyInAnyOrder(ChargerFault.VENDOR_WARNING, ChargerFault.EMERGENCY_STOP);
    plant.setFault(ChargerFault.EMERGENCY_STOP, false);
    run(plant, command(10), 10);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(10);
    plant.setConnected(false);
    plant.step(0.5, command(10), 0);
    assertThat(plant.truth().chargeCurrentAmps()).isZero();
  }

  @Test
  void aChargerThatIgnoresItsCeilingPassesIt() {
    ChargingPlant plant = new ChargingPlant(demo().withInitialSoc(0.8));
    plant.inject(ChargerFaultInjection.NONE.withIgnoresVoltageCeiling(true));
    run(plant, command(10), 120);
    assertThat(plant.extremes().maxVoltageVolts()).isGreaterThan(16.9);
  }

  @Test
  void limitsMayChangeInMidSession() {
    ChargingPlant plant = new ChargingPlant(demo());
    run(plant, command(10), 10);
    plant.setCapabilities(new ChargerCapabilities(8, 18, 15, 60, 15));
    run(plant, command(10), 10);
    var truth = plant.truth();
    assertThat(truth.chargeCurrentAmps() * truth.voltageVolts()).isLessThanOrEqualTo(60 * 1.001);
    BatteryLimits lower = new BatteryLimits(3, 16.4, 4.1, 310, 50);
    plant.setBatteryLimits(lower);
    assertThat(plant.batteryLimits()).isEqualTo(lower);
  }
}
