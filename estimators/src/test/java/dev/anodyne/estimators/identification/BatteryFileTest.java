package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatteryFileTest {
  @TempDir Path directory;

  private static Identification found(double lithiumLoss, boolean accepted) {
    IdentifiedCell unknown = IdentifiedCell.unknown(Garage.KIND);
    double[] mean = unknown.mean();
    mean[IdentifiedParameter.LITHIUM_LOSS.ordinal()] = lithiumLoss;
    mean[IdentifiedParameter.ANODE_EXCHANGE.ordinal()] = -0.1;
    IdentifiedCell cell =
        new IdentifiedCell(
            unknown.cell(), unknown.nominalAmpHours(), 1, mean, unknown.covariance());
    return new Identification(
        accepted, "why", cell, 3e-3, 1e-3, Map.of(), List.of(), 0, 0, 0, 0.1, 1);
  }

  private static BatteryRecord record() {
    return BatteryRecord.unknown(Garage.KIND)
        .with(found(0.01, true), "2026-01-01T10:00:00Z")
        .with(found(0.02, true), "");
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = directory.resolve("new/battery.json");
    BatteryFile.write(record(), file);
    BatteryRecord read = BatteryFile.read(file, Garage.KIND);
    assertThat(read.entries()).hasSize(2);
    assertThat(read.entries().get(0).endedAt()).isEqualTo("2026-01-01T10:00:00Z");
    IdentifiedCell cell = read.current(Garage.KIND);
    assertThat(cell.variation()).isEqualTo(found(0.02, true).cell().variation());
    assertThat(cell.covariance()).isDeepEqualTo(found(0.02, true).cell().covariance());
    assertThat(file.resolveSibling("battery.json.part")).doesNotExist();
  }

  @Test
  void theNewestCanBeTakenBackAndRefusedOnesAreNotKept() {
    BatteryRecord record = record();
    assertThat(record.with(found(0.3, false), "")).isSameAs(record);
    BatteryRecord before = record.restorePrevious();
    assertThat(before.current(Garage.KIND).value(IdentifiedParameter.LITHIUM_LOSS))
        .isCloseTo(0.01, within(1e-15));
    IdentifiedCell none = before.restorePrevious().restorePrevious().current(Garage.KIND);
    assertThat(none.sessions()).isZero();
    assertThat(none.applyTo(Garage.KIND)).isSameAs(Garage.KIND);
  }

  @Test
  void historyStaysBounded() {
    BatteryRecord record = BatteryRecord.unknown(Garage.KIND);
    for (int i = 0; i < BatteryRecord.MOST_ENTRIES + 5; i++) {
      record = record.with(found(0.001 * i, true), "");
    }
    assertThat(record.entries()).hasSize(BatteryRecord.MOST_ENTRIES);
    assertThat(record.current(Garage.KIND).value(IdentifiedParameter.LITHIUM_LOSS))
        .isCloseTo(0.001 * (BatteryRecord.MOST_ENTRIES + 4), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1 | \"version\" : 2 | newer",
        "\"version\" : 1 | \"version\" : 0 | version",
        "anodyne-battery | anodyne-model | format",
        "\"coordinate\" : -0.1 | \"coordinate\" : \"x\" | coordinate",
        "\"coordinate\" : -0.1 | \"coordinate\" : -0.2 | disagree",
        "\"coordinate\" : 0.02 | \"coordinate\" : 7 | lossOfLithiumInventory",
        "\"sessions\" : 1 | \"sessions\" : -1 | sessions",
        "0.0016 | -0.0016 | covariance",
        "\"history\" : [ | \"history\" : [ 3, | must be a number",
        "{ | [ | JSON"
      })
  void damageIsNamed(String from, String to, String message) throws IOException {
    Path file = directory.resolve("battery.json");
    String text = BatteryFile.toJson(record());
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    assertThatThrownBy(() -> BatteryFile.read(file, Garage.KIND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageContaining("Maybe");
  }

  @Test
  void anotherCellsBatteryIsRefused() {
    Path file = directory.resolve("battery.json");
    BatteryFile.write(record(), file);
    assertThatThrownBy(() -> BatteryFile.read(file, CellParameters.load("ecker2015")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("lgm50")
        .hasMessageContaining("ecker2015");
  }
}
