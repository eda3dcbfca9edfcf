package dev.anodyne.hil.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.charger.ContactorSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of two perfect cells with perfect sensors: what differs is the fault. */
class FaultBenchTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double DT = 0.1;

  private final Rig rig = new Rig(config());

  private static PlantConfig config() {
    return PlantConfig.of(CELL, new PackLayout(2, 1)).withSensors(SensorErrors.NONE);
  }

  /** A plant that is told a current, and its faults. */
  private static final class Rig {
    private final SimulatedPack pack;
    private final Channels channels;
    private final FaultBench faults;
    private final List<Measurement> trace = new ArrayList<>();
    private long nanos;

    Rig(PlantConfig config) {
      pack = new SimulatedPack(config);
      channels = pack.channels();
      faults = new FaultBench(pack.plant(), null);
    }

    Fault start(String kind, String target, double severity, double ramp) {
      Fault fault = faults.make(kind, target, 7);
      fault.start(severity, ramp, nanos);
      return fault;
    }

    Measurement run(double amps, double seconds) {
      for (int i = 0; i < Math.round(seconds / DT); i++) {
        faults.step(nanos);
        CurrentCommand command = new CurrentCommand(amps, 8.4, nanos + 1_000_000_000L);
        pack.step(DT, command, nanos);
        nanos += 100_000_000L;
        trace.add(pack.plant().measure(nanos));
      }
      return trace.get(trace.size() - 1);
    }

    double read(String channel) {
      return channels.named(channel).read();
    }
  }

  @ParameterizedTest
  @CsvSource({"sensor.bias, 0.05, 0.05", "sensor.gain, 0.1, 0.1", "sensor.drift, 0.01, 0.02"})
  void offsetsActInsideTheSensor(String kind, double severity, double relativeOrVolts) {
    rig.run(5, 10);
    Fault fault = rig.start(kind, "sensor.cell[1].voltage", severity, 0);
    double read = rig.run(5, 2).maxCellVoltageVolts();
    double truth = rig.read("pack.cell[1].voltage");
    double expected = kind.equals("sensor.gain") ? relativeOrVolts * truth : relativeOrVolts;
    assertThat(read - truth).isCloseTo(expected, within(1e-9)); // rounding
    fault.stop();
    double healed = rig.run(5, 0.1).maxCellVoltageVolts();
    assertThat(healed).isEqualTo(rig.read("pack.cell[1].voltage"));
  }

  @Test
  void rampsReachTheirSeverityLinearly() {
    rig.run(5, 1);
    rig.start("sensor.bias", "sensor.current", 4, 10);
    assertThat(rig.run(5, 5).chargeCurrentAmps() - 5).isCloseTo(2, within(0.05));
    assertThat(rig.run(5, 6).chargeCurrentAmps() - 5).isCloseTo(4, within(1e-9));
  }

  @Test
  void stuckSensorKeepsItsReadingAndALateOneFollowsLater() {
    rig.run(0, 2);
    Fault stuck = rig.start("sensor.stuck", "sensor.current", 1, 0);
    assertThat(rig.run(5, 5).chargeCurrentAmps()).isZero();
    stuck.stop();
    assertThat(rig.run(5, 0.1).chargeCurrentAmps()).isCloseTo(5, within(1e-9));
    rig.start("sensor.delay", "sensor.current", 3, 0);
    assertThat(rig.run(2, 2.9).chargeCurrentAmps()).isCloseTo(5, within(1e-9));
    assertThat(rig.run(2, 3).chargeCurrentAmps()).isCloseTo(2, within(1e-9));
  }

  @Test
  void randomFaultsRepeatWithTheirSeed() {
    Rig other = new Rig(config());
    for (String kind : List.of("sensor.noise", "sensor.spike")) {
      rig.start(kind, "sensor.cell[*].voltage", 0.1, 0);
      other.start(kind, "sensor.cell[*].voltage", 0.1, 0);
    }
    rig.start("sensor.dropOut", "sensor.current", 0.5, 0);
    other.start("sensor.dropOut", "sensor.current", 0.5, 0);
    rig.run(5, 20);
    other.run(5, 20);
    assertThat(rig.trace).isEqualTo(other.trace);
    long lost = rig.trace.stream().filter(m -> m.quality() == Quality.BAD).count();
    // Binomial: 200 readings at one half, five standard deviations of 7.1.
    assertThat(lost).isBetween(64L, 136L);
  }

  @Test
  void oneBitMovesACodeByItsWorth() {
    double before = rig.run(0, 1).maxCellVoltageVolts();
    rig.start("sensor.bitFlip", "sensor.cell[0].voltage", 14, 0);
    Measurement m = rig.run(0, 0.1);
    double moved = Math.max(m.maxCellVoltageVolts() - before, before - m.minCellVoltageVolts());
    // 2^14 of 65535 codes over 5 V, and half a code of rounding.
    assertThat(moved).isCloseTo(1.25, within(1e-3));
  }

  @Test
  void brokenThermistorsReadTheEndsOfTheirTable() {
    rig.run(0, 1);
    Fault open = rig.start("sensor.ntcOpen", "sensor.cell[0].temperature", 1e9, 0);
    assertThat(rig.run(0, 0.1).minCellTemperatureKelvin()).isEqualTo(233.15);
    open.stop();
    rig.start("sensor.ntcShort", "sensor.cell[0].temperature", 0.1, 0);
    assertThat(rig.run(0, 0.1).maxCellTemperatureKelvin()).isEqualTo(423.15);
    // 10 kΩ at 25 °C, as much again in series: ln 2/3435 K more of 1/T, 17.1 K colder.
    rig.faults.stopAll();
    rig.start("sensor.ntcOpen", "sensor.cell[1].temperature", 10_000, 0);
    assertThat(rig.run(0, 0.1).minCellTemperatureKelvin()).isCloseTo(281.2, within(0.2));
  }

  @Test
  void chargerMisbehaves() {
    rig.run(4, 2);
    Fault over = rig.start("actuator.overDelivery", "", 0.25, 0);
    rig.run(4, 2);
    assertThat(rig.read("pack.current")).isCloseTo(5, within(1e-6));
    over.stop();
    rig.run(4, 2);
    Fault ignored = rig.start("actuator.ignoredStop", "", 1, 0);
    rig.run(0, 5);
    assertThat(rig.read("pack.current")).isCloseTo(4, within(1e-6));
    ignored.stop();
    rig.run(0, 3);
    assertThat(rig.read("pack.current")).isZero();
    rig.start("actuator.slowRamp", "", 20, 0);
    rig.run(10, 1); // full current, 15 A, within 1 s when sound
    assertThat(rig.read("pack.current")).isLessThan(1);
  }

  @Test
  void contactorsFailAndTheChargerSaysSo() {
    rig.run(4, 2);
    Fault open = rig.start("actuator.contactorStuckOpen", "", 1, 0);
    rig.run(4, 0.1);
    assertThat(rig.read("pack.current")).isZero();
    rig.run(4, 1);
    assertThat(rig.pack.plant().faults()).containsExactly(ChargerFault.CONTACTOR_FAILED_TO_CLOSE);
    open.stop();
    rig.run(4, 2);
    assertThat(rig.read("pack.current")).isCloseTo(4, within(1e-6));
    rig.start("actuator.contactorWeld", "", 1, 0);
    rig.pack.plant().setFault(ChargerFault.EMERGENCY_STOP, true);
    rig.run(0, 3);
    assertThat(rig.read("contactor.closed")).isEqualTo(1);
    assertThat(rig.pack.plant().faults())
        .containsExactlyInAnyOrder(ChargerFault.EMERGENCY_STOP, ChargerFault.CONTACTOR_WELDED);
  }

  @Test
  void prechargeAndInsulationFail() {
    Rig slow = new Rig(config().withContactors(ContactorSettings.USUAL));
    slow.start("actuator.prechargeFailure", "", 1e6, 0);
    slow.run(4, 8);
    assertThat(slow.pack.plant().faults()).containsExactly(ChargerFault.PRECHARGE_TIMEOUT);
    assertThat(slow.read("pack.current")).isZero();
    rig.run(4, 2);
    rig.start("actuator.insulationLeak", "", 500, 0);
    rig.run(4, 3);
    assertThat(rig.pack.plant().faults()).containsExactly(ChargerFault.ISOLATION_FAULT);
    assertThat(rig.read("pack.current")).isZero();
  }

  @Test
  void cellsFail() {
    rig.run(5, 10);
    Fault shorted = rig.start("plant.hardShort", "pack.cell[0]", 0.5, 2);
    rig.run(5, 3);
    // Half an ohm across 3.7 V takes more than the 5 A that flow in.
    assertThat(rig.read("pack.cell[0].current")).isLessThan(-1.5);
    assertThat(rig.read("pack.cell[1].current")).isCloseTo(5, within(1e-6));
    shorted.stop();
    double before = rig.read("pack.cell[1].soc");
    rig.start("plant.imbalance", "pack.cell[1]", 0.1, 1);
    rig.run(0, 2);
    assertThat(rig.read("pack.cell[1].soc") - before).isCloseTo(0.1, within(1e-3));
    double volts = rig.read("pack.cell[0].voltage");
    double without = rig.run(5, 1).voltageVolts();
    Fault resistive = rig.start("plant.resistance", "pack.cell[0]", 0.02, 0);
    // 5 A over 20 mΩ; the cell's own rise in 0.1 s stays below 2 mV.
    assertThat(rig.run(5, 0.1).voltageVolts() - without).isCloseTo(0.1, within(0.002));
    resistive.stop();
    assertThat(rig.run(5, 0.1).voltageVolts()).isCloseTo(without, within(0.003));
    assertThat(volts).isLessThan(without);
    rig.start("plant.openCell", "pack.cell[0]", 1, 0);
    rig.run(5, 1);
    assertThat(rig.read("pack.current")).isZero();
    assertThat(rig.read("charger.deliveredEnergy")).isNotNaN();
  }

  @Test
  void platingProneCellsAndLostCapacityLowerTheAnodePotential() {
    rig.run(10, 20);
    Rig other = new Rig(config());
    other.start("plant.platingProne", "pack.cell[0]", 0.5, 0);
    other.run(10, 20);
    assertThat(other.read("pack.cell[0].anodePotential"))
        .isLessThan(rig.read("pack.cell[0].anodePotential") - 0.01);
    assertThat(other.read("pack.cell[1].anodePotential"))
        .isCloseTo(rig.read("pack.cell[1].anodePotential"), within(1e-6));
  }

  @Test
  void lostCoolingHeatsTheCells() {
    Rig other = new Rig(config());
    Fault lost = other.start("plant.coolingLoss", "", 1, 5);
    rig.run(15, 120);
    other.run(15, 120);
    assertThat(other.read("pack.maxTemperature"))
        .isGreaterThan(rig.read("pack.maxTemperature") + 1);
    assertThat(other.read("environment.heatTransfer")).isZero();
    lost.stop();
    assertThat(other.read("environment.heatTransfer")).isEqualTo(40);
  }

  @Test
  void anExternalShortMeltsTheBatterysFuse() {
    rig.run(5, 10);
    Fault shorted = rig.start("plant.externalShort", "", 0.005, 0);
    rig.run(5, 0.5);
    assertThat(rig.read("pack.fuseBlown")).isOne();
    assertThat(rig.read("pack.current")).isZero();
    assertThat(rig.pack.plant().faults()).containsExactly(ChargerFault.BATTERY_MANAGEMENT_FAULT);
    shorted.stop();
    rig.run(5, 3);
    assertThat(rig.read("pack.current")).isCloseTo(5, within(1e-6));
  }

  @Test
  void everyKindThatNeedsNoLinkStartsAndStops() {
    for (FaultKind kind : FaultCatalogue.kinds()) {
      String target =
          switch (kind.target()) {
            case SENSOR -> "sensor.cell[*].temperature";
            case CELL -> "pack.cell[1]";
            case PLANT, TAG -> "";
          };
      if (kind.target() == FaultKind.Target.TAG) {
        assertThatThrownBy(() -> rig.faults.make(kind.name(), target, 1))
            .hasMessageContaining("needs a controller over OPC UA");
        continue;
      }
      Fault fault = rig.start(kind.name(), target, kind.usual(), 0.2);
      assertThat(fault.isActive()).as(kind.name()).isTrue();
      rig.run(5, 0.4);
      fault.stop();
      assertThat(fault.isActive()).isFalse();
    }
    rig.run(5, 3);
    assertThat(rig.pack.plant().faults()).isEmpty();
    assertThat(rig.read("pack.current")).as("everything is as it was").isCloseTo(5, within(1e-6));
  }

  @Test
  void saysWhatIsAllowed() {
    assertThatThrownBy(() -> rig.faults.make("sensor.byas", "sensor.current", 1))
        .hasMessageContaining("'sensor.byas' is not known; allowed: sensor.bias, ");
    assertThatThrownBy(() -> rig.faults.make("sensor.bias", "sensor.cell[2].voltage", 1))
        .hasMessageContaining("from 0 to 1 or * for all");
    assertThatThrownBy(() -> rig.faults.make("sensor.ntcOpen", "sensor.current", 1))
        .hasMessageContaining("sensor.cell[i].temperature");
    assertThatThrownBy(() -> rig.start("plant.capacity", "pack.cell[0]", 2, 0))
        .hasMessageContaining("severity of 2.0; allowed: 0.0 to 0.9 1");
  }
}
