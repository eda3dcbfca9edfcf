package dev.anodyne.hil.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import org.junit.jupiter.api.Test;

class PlantChannelsTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");

  private final SimulatedPack pack = pack(new PackLayout(2, 1));
  private final Channels channels = pack.channels();
  private long nanos;

  private static SimulatedPack pack(PackLayout layout) {
    return new SimulatedPack(PlantConfig.of(CELL, layout).withSpread(CellSpread.PRODUCTION));
  }

  private Measurement step(double amps, int seconds) {
    for (int i = 0; i < 2 * seconds; i++) {
      pack.step(0.5, new CurrentCommand(amps, 9, nanos + 2_000_000_000L), nanos);
      nanos += 500_000_000L;
    }
    return pack.plant().measure(nanos);
  }

  private double read(String name) {
    return channels.named(name).read();
  }

  @Test
  void tellsTheTruthOfEveryCell() {
    step(5, 20);
    var truth = pack.plant().truth();
    for (int i = 0; i < 2; i++) {
      String cell = "pack.cell[" + i + "].";
      assertThat(read(cell + "anodePotential"))
          .isEqualTo(truth.cells().get(i).anodePotentialVolts());
      assertThat(read(cell + "voltage")).isEqualTo(truth.cells().get(i).voltageVolts());
      assertThat(read(cell + "soc")).isEqualTo(truth.cells().get(i).soc());
      assertThat(read(cell + "filmThickness")).as("of an SEI, m").isBetween(1e-10, 1e-7);
    }
    assertThat(read("pack.minAnodePotential")).isEqualTo(truth.minAnodePotentialVolts());
    assertThat(read("pack.current")).isEqualTo(truth.chargeCurrentAmps());
    assertThat(read("command.current")).isEqualTo(5);
    assertThat(read("time")).isCloseTo(20, within(1e-9));
  }

  @Test
  void everyChannelHasUnitMeaningAndAValueOrNone() {
    step(5, 2);
    for (int i = 0; i < channels.count(); i++) {
      Channel channel = channels.get(i);
      assertThat(channel.unit()).as(channel.name()).isNotBlank();
      assertThat(channel.meaning()).as(channel.name()).isNotBlank();
      assertThat(channel.read()).as(channel.name()).isNotNaN();
      assertThat(channels.index(channel.name())).isEqualTo(i);
    }
  }

  @Test
  void forcedSensorSaysSoAndSoDoesWhatIsMadeOfIt() {
    step(5, 2);
    channels.named("sensor.cell[1].voltage").force(4.4);
    Measurement forced = step(5, 1);
    assertThat(forced.maxCellVoltageVolts()).isEqualTo(4.4);
    assertThat(read("pack.cell[1].voltage")).as("the truth").isLessThan(4.0);
    channels.named("sensor.cell[1].voltage").release();
    assertThat(step(5, 1).maxCellVoltageVolts()).isLessThan(4.0);
  }

  @Test
  void aForcedSensorLeavesTheOthersReadingsBitForBitAsTheyWere() {
    SimulatedPack other = pack(new PackLayout(2, 1));
    other.channels().named("sensor.cell[1].voltage").force(3.0);
    Measurement undisturbed = step(5, 5);
    nanos = 0;
    for (int i = 0; i < 10; i++) {
      other.step(0.5, new CurrentCommand(5, 9, nanos + 2_000_000_000L), nanos);
      nanos += 500_000_000L;
    }
    Measurement disturbed = other.plant().measure(nanos);
    assertThat(disturbed.voltageVolts()).isEqualTo(undisturbed.voltageVolts());
    assertThat(disturbed.maxCellTemperatureKelvin())
        .isEqualTo(undisturbed.maxCellTemperatureKelvin());
    assertThat(disturbed.minCellVoltageVolts()).isEqualTo(3.0);
  }

  @Test
  void heldStatesStayWhereTheyAreForcedTo() {
    step(5, 2);
    channels.named("pack.cell[0].temperature").force(330);
    channels.named("pack.cell[0].soc").force(0.5);
    step(5, 5);
    // Half a second of 5 A moves a 5 A·h cell by 0.014 %; cooling moves it by less than 0.1 K.
    assertThat(read("pack.cell[0].soc")).isCloseTo(0.5, within(3e-4));
    assertThat(read("pack.cell[0].temperature")).isCloseTo(330, within(0.1));
    assertThat(read("pack.cell[1].temperature")).isLessThan(305);
    channels.releaseAll();
    step(5, 60);
    assertThat(read("pack.cell[0].soc")).isGreaterThan(0.51);
    assertThat(read("pack.cell[0].temperature")).isLessThan(329.5);
  }

  @Test
  void settingsComeBackWhenReleased() {
    double before = read("charger.maxCurrent");
    channels.named("charger.maxCurrent").force(2);
    channels.named("charger.maxCurrent").force(3);
    step(5, 5);
    assertThat(read("pack.current")).isCloseTo(3, within(1e-9));
    channels.named("charger.maxCurrent").release();
    assertThat(read("charger.maxCurrent")).isEqualTo(before);
    channels.named("pack.cell[1].shortResistance").force(0.5);
    step(0, 10);
    assertThat(read("pack.cell[1].current")).as("through the short").isLessThan(-5);
    channels.named("pack.cell[1].shortResistance").release();
    assertThat(read("pack.cell[1].shortResistance")).isEqualTo(Double.POSITIVE_INFINITY);
    channels.named("charger.fault.OVER_TEMPERATURE").force(1);
    assertThat(pack.plant().faults()).containsExactly(ChargerFault.OVER_TEMPERATURE);
    channels.releaseAll();
    assertThat(pack.plant().faults()).isEmpty();
  }

  @Test
  void forcedCommandGoesPastTheControllersAndDoesNotExpire() {
    channels.named("command.current").force(7);
    step(0, 5);
    assertThat(read("pack.current")).isCloseTo(7, within(1e-9));
    assertThat(read("command.givenCurrent")).isZero();
    channels.named("command.current").release();
    step(0, 3);
    assertThat(read("pack.current")).isZero();
  }

  @Test
  void forcedResultReplacesTheReadingOnly() {
    step(5, 2);
    double truth = read("pack.cell[0].anodePotential");
    channels.named("pack.cell[0].anodePotential").force(-0.02);
    assertThat(read("pack.cell[0].anodePotential")).isEqualTo(-0.02);
    assertThat(pack.plant().truth().cells().get(0).anodePotentialVolts()).isEqualTo(truth);
    assertThat(channels.named("pack.cell[0].anodePotential").forcing()).isEqualTo(Forcing.READING);
  }

  @Test
  void refusesWhatIsNotPossible() {
    assertThatThrownBy(() -> channels.named("pack.cell[0].soc").force(1.5))
        .hasMessageContaining("pack.cell[0].soc cannot be forced to 1.5 1; allowed: 0.0 to 1.0");
    assertThatThrownBy(() -> channels.named("time").force(1)).hasMessageContaining("only be read");
    assertThatThrownBy(() -> channels.named("pack.cell[9].voltage"))
        .hasMessageContaining("'pack.cell[9].voltage' is not known")
        .hasMessageContaining("Maybe 'pack.cell[");
    assertThatThrownBy(() -> channels.named("charger.maxRamp").force(Double.NaN))
        .hasMessageContaining("NaN");
    assertThat(channels.named("charger.maxRamp").isForced()).isFalse();
  }
}
