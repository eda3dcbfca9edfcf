package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        "\"version\" : 2 | \"version\" : 3 | newer",
        "\"version\" : 2 | \"version\" : 0 | version",
        "anodyne-battery | anodyne-model | format",
        "\"coordinate\" : -0.1 | \"coordinate\" : \"x\" | coordinate",
        "\"coordinate\" : -0.1 | \"coordinate\" : -0.2 | disagree",
        "\"coordinate\" : 0.02 | \"coordinate\" : 7 | lossOfLithiumInventory",
        "\"sessions\" : 1 | \"sessions\" : -1 | sessions",
        "0.0016 | -0.0016 | covariance",
        "\"history\" : [ | \"history\" : [ 3, | must be a number",
        "{ | [ | JSON",
        "\"covariance\" : [ [ 0.0016 | \"covariance\" : [ [ NaN | JSON",
        "\"covariance\" : [ [ 0.0016 | \"covariance\" : [ [ 1e300 | wider",
        "\"covariance\" : [ [ 0.0016 | \"covariance\" : [ [ 1e999 | covariance",
        "\"nominalCapacity [A.h]\" : 5.0 | \"nominalCapacity [A.h]\" : 0 | above 0",
        "\"cell\" : \"lgm50\" | \"cell\" : \"lg\\nm50\" | characters",
        "\"known\" : false | \"known\" : 1 | sensors.known",
        "2026-01-01T10:00:00Z | yesterday | endedAt",
        "\"rmseBefore [V]\" : 0.003 | \"rmseBefore [V]\" : -1 | negative"
      })
  void damageIsNamed(String from, String to, String message) throws IOException {
    Path file = directory.resolve("battery.json");
    String text = BatteryJson.toText(record());
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    assertThatThrownBy(() -> BatteryFile.read(file, Garage.KIND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageContaining("Maybe");
  }

  /** Version 1 knew no sensors: the same file without them. */
  @Test
  void filesWithoutSensorsAreStillRead() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(BatteryJson.toText(record()));
    root.put("version", 1);
    int n = IdentifiedParameter.count();
    for (JsonNode entry : root.get("history")) {
      ((ObjectNode) entry).remove("sensors");
      ArrayNode rows = (ArrayNode) entry.get("covariance");
      while (rows.size() > n) {
        rows.remove(n);
      }
      for (JsonNode row : rows) {
        while (row.size() > n) {
          ((ArrayNode) row).remove(n);
        }
      }
    }
    IdentifiedCell read = BatteryJson.parse(root.toString(), "old").current(Garage.KIND);
    assertThat(read.covariance()).isDeepEqualTo(record().current(Garage.KIND).covariance());
    assertThat(read.sensors().isKnown()).isFalse();
  }

  @Test
  void hugeFileIsRefused() throws IOException {
    Path file = directory.resolve("battery.json");
    Files.write(file, new byte[2_000_000]);
    assertThatThrownBy(() -> BatteryFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("larger than");
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
