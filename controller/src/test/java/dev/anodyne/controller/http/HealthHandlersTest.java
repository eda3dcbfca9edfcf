package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.service.Vitals;
import dev.anodyne.opcua.security.Role;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands still fails the liveness by its name; what is missing fails the readiness. */
class HealthHandlersTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Handler> handlers = new HashMap<>();
  private HealthHandlers health;

  @BeforeEach
  void make() {
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("health", 1);
    health =
        new HealthHandlers(
            vertx,
            new Api(new Board(), workers),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    health.into(handlers);
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Reply ask(String id) {
    Operation operation = Contract.load().operation(id);
    Asked asked =
        new Asked(operation, new Identity("a", Role.OBSERVER, null), "local", Map.of(), null);
    return handlers.get(id).answer(asked).result();
  }

  @Test
  void whatStandsStillIsNotLive() throws Exception {
    assertThat(ask("liveness").status()).isEqualTo(200);
    try (Vitals.Pulse pulse = Vitals.of(vertx).expect("event loop 3", Duration.ofMillis(1))) {
      Thread.sleep(20);
      assertThatThrownBy(() -> ask("liveness"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.status()).isEqualTo(503);
                assertThat(e.detail()).contains("event loop 3 has stood still");
              });
      pulse.beat();
    }
    assertThat(ask("liveness").status()).isEqualTo(200);
  }

  @Test
  void whatIsMissingIsNamed() {
    Reply before = ask("readiness");
    assertThat(before.status()).isEqualTo(503);
    JsonObject problem = before.body().toJsonObject();
    assertThat(problem.getString("detail")).contains("sessions: They are still being started.");
    health.sessionsStarted();
    assertThat(ask("readiness").status()).isEqualTo(200);
  }
}
