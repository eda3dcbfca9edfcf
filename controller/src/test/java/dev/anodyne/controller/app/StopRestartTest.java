package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person has stopped only a person sets free, whatever becomes of the process meanwhile. */
class StopRestartTest {
  private static final String C1 = "/api/v1/connectors/C1";
  @TempDir Path folder;

  private static boolean isStopped(ApiStation api, String path) throws Exception {
    JsonObject card = new JsonObject(api.get("connector", path, ApiStation.ADMIN).body());
    return card.getJsonObject("held").getBoolean("emergencyStop");
  }

  private static int post(ApiStation api, String operation, String action) throws Exception {
    String body = operation.equals("resetHeld") || operation.equals("startCharge") ? null : "{}";
    return api.post(operation, C1 + action, ApiStation.OPERATOR, body).statusCode();
  }

  @Test
  void anEmergencyStopOutlivesTheServer() throws Exception {
    try (ApiStation api = new ApiStation(folder, "")) {
      assertThat(post(api, "emergencyStop", "/emergency-stop")).isEqualTo(200);
      assertThat(isStopped(api, C1)).isTrue();
    }
    try (ApiStation api = new ApiStation(folder, "")) {
      assertThat(isStopped(api, C1)).isTrue();
      assertThat(isStopped(api, "/api/v1/connectors/C2")).isFalse();
      assertThat(post(api, "startCharge", "/start")).isEqualTo(409);
      assertThat(post(api, "acknowledgeHeld", "/acknowledge")).isEqualTo(200);
      assertThat(post(api, "resetHeld", "/reset")).isEqualTo(200);
    }
    try (ApiStation api = new ApiStation(folder, "")) {
      assertThat(isStopped(api, C1)).isFalse();
    }
  }
}
