package dev.anodyne.opcua.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.inspect.NameParts.Hint;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as data sheets write them. */
class NamePartsTest {
  @ParameterizedTest
  @CsvSource({
    "Iout, AMPERE",
    "UcellMaxBms, VOLT",
    "TcellAvg, KELVIN",
    "PmaxOut, WATT",
    "DC_Output_Current, AMPERE",
    "currentVoltage, VOLT",
    "CurrentRampLimit, AMPERE_PER_SECOND",
    "MaxRampCurrent, AMPERE_PER_SECOND",
    "ValidForMillis, MILLISECOND",
  })
  void namesTellQuantities(String name, EngineeringUnit unit) {
    assertThat(NameParts.of(name).quantity()).contains(unit);
  }

  @ParameterizedTest
  @CsvSource({"StatusWord", "ErrorCode", "LifeCounter", "Item", "Version"})
  void otherNamesTellNone(String name) {
    assertThat(NameParts.of(name).quantity()).isEmpty();
  }

  @Test
  void signsAndWordsAreTakenApart() {
    NameParts name = NameParts.of("UcellMaxBms");
    assertThat(name.words()).isEqualTo(List.of("u", "cell", "max", "bms"));
    assertThat(name.hints()).isEqualTo(Set.of(Hint.CELL, Hint.MAX, Hint.BATTERY));
  }

  @ParameterizedTest
  @CsvSource({"CellVoltage_mV, MILLIVOLT", "Temp[degC], CELSIUS", "Power kW, KILOWATT"})
  void unitAtTheEndIsRead(String name, MeasuringUnit unit) {
    assertThat(NameParts.of(name).unit()).contains(unit);
  }

  @Test
  void aLetterAtTheEndIsNoUnit() {
    assertThat(NameParts.of("Phase V").unit()).isEmpty();
  }
}
