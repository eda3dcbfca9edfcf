package dev.anodyne.controller.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Vitals vitals = new Vitals(nanos::get);

  private void pass(double seconds) {
    nanos.addAndGet(Math.round(seconds * 1e9));
  }

  @Test
  void whoIsSilentForTooLongIsNamed() {
    Vitals.Pulse guard = vitals.expect("guard of C1", Duration.ofSeconds(5));
    Vitals.Pulse loop = vitals.expect("event loop 0", Duration.ofSeconds(5));
    pass(5);
    assertThat(vitals.late()).isEmpty();
    loop.beat();
    pass(1);
    assertThat(vitals.late()).containsExactly("guard of C1 has stood still for 6 s");
    guard.beat();
    assertThat(vitals.late()).isEmpty();
  }

  @Test
  void whoHasEndedIsNotExpected() {
    Vitals.Pulse guard = vitals.expect("guard of C1", Duration.ofSeconds(5));
    guard.close();
    pass(60);
    assertThat(vitals.late()).isEmpty();
  }

  /** Every loop of a real Vert.x beats, and the one that is held up is named. */
  @Test
  void aBlockedEventLoopIsSeen() throws Exception {
    int loops = 3;
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    CountDownLatch released = new CountDownLatch(1);
    try {
      Vitals own = Vitals.of(vertx);
      assertThat(Vitals.of(vertx)).isSameAs(own);
      own.watchLoops(vertx, loops)
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      assertThat(own.late()).isEmpty();
      Context context = vertx.getOrCreateContext();
      context.runOnContext(unused -> hold(released));
      await()
          .atMost(Vitals.LATE.plusSeconds(20))
          .until(() -> own.late().stream().anyMatch(late -> late.contains("eventloop")));
      assertThat(own.late()).hasSize(1);
      released.countDown();
      await().atMost(Duration.ofSeconds(20)).until(() -> own.late().isEmpty());
    } finally {
      released.countDown();
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private static void hold(CountDownLatch released) {
    try {
      boolean unused = released.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
