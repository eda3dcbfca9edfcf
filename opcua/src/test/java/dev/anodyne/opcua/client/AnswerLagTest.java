package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How far a process is behind with what chargers answer. */
class AnswerLagTest {
  @Test
  void answersThatWaitShowWhileTheyWaitAndForAWhileAfter() throws InterruptedException {
    ExecutorService answers = Executors.newSingleThreadExecutor();
    AnswerLag lag = AnswerLag.of(answers);
    CountDownLatch busy = new CountDownLatch(1);
    answers.execute(
        () -> {
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long shown = TimeUnit.MILLISECONDS.toNanos(700);
    await().atMost(Duration.ofSeconds(5)).until(() -> lag.nanos() > shown);
    busy.countDown();
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(lag.nanos()).as("who was kept waiting is not to be blamed yet").isGreaterThan(shown);
    await().atMost(Duration.ofSeconds(30)).until(() -> lag.nanos() < shown);
    answers.shutdownNow();
  }
}
