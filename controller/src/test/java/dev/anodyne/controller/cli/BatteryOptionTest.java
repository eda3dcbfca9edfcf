package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A battery's file from charge to charge. */
class BatteryOptionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Invocation charge(String to) {
    return Invocation.of(
        "charge",
        "--plant",
        "mismatch",
        "--seed",
        "3",
        "--policy",
        "cccv:1.5",
        "--estimator",
        "physics",
        "--to",
        to,
        "--json",
        "--battery",
        battery().toString(),
        "--out",
        folder.resolve("out").toString());
  }

  private Path battery() {
    return folder.resolve("battery.json");
  }

  @Test
  void theSecondChargeStartsFromTheFirst() throws IOException {
    Invocation first = charge("0.7");
    assertThat(first.exitCode()).as(first.err()).isZero();
    JsonNode one = JSON.readTree(first.out());
    assertThat(one.get("battery").get("accepted").asBoolean()).as(first.out()).isTrue();
    assertThat(JSON.readTree(Files.readString(battery())).get("history")).hasSize(1);
    Invocation second = charge("0.7");
    assertThat(second.exitCode()).as(second.err()).isZero();
    JsonNode two = JSON.readTree(second.out());
    assertThat(two.get("battery").get("sessions").asInt()).isEqualTo(2);
    // Required of a second session: 4 mV.
    assertThat(two.get("estimator_rmse_mV").asDouble())
        .isLessThan(4.0)
        .isLessThan(one.get("estimator_rmse_mV").asDouble());
  }

  @Test
  void aShortChargeLeavesNoFile() throws IOException {
    Invocation charge = charge("0.12");
    assertThat(charge.exitCode()).as(charge.err()).isZero();
    JsonNode battery = JSON.readTree(charge.out()).get("battery");
    assertThat(battery.get("accepted").asBoolean()).isFalse();
    assertThat(battery.get("why").asText()).contains("too short");
    assertThat(battery()).doesNotExist();
  }

  @Test
  void aDamagedFileIsRefusedBeforeTheCharge() throws IOException {
    Files.writeString(battery(), "{\"format\": \"anodyne-battery\", \"version\": 9}");
    Invocation charge = charge("0.12");
    assertThat(charge.exitCode()).isEqualTo(2);
    assertThat(charge.err()).contains("--battery", "battery.json", "version 9", "Maybe");
    assertThat(Files.readString(battery())).contains("9");
    assertThat(folder.resolve("out/summary.json")).doesNotExist();
  }
}
