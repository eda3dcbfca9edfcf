package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionWorkerTest {
  private static final int SESSIONS = 300;
  private static final int TASKS = 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Each on an event loop, as verticles are; what is asked for there is done in that order. */
  @Test
  void manySessionsShareFewThreadsAndKeepTheirOrder() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    List<List<Integer>> done = new ArrayList<>();
    List<Future<?>> all = new ArrayList<>();
    for (int session = 0; session < SESSIONS; session++) {
      List<Integer> own = Collections.synchronizedList(new ArrayList<>());
      done.add(own);
      all.add(onEventLoop(own, threads));
    }
    await(Future.join(all));
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      inOrder.add(i);
    }
    assertThat(done).allSatisfy(own -> assertThat(own).isEqualTo(inOrder));
    assertThat(threads)
        .as("as many threads for %d sessions as for one", SESSIONS)
        .hasSizeLessThanOrEqualTo(4 * Runtime.getRuntime().availableProcessors() + 2);
  }

  private Future<?> onEventLoop(List<Integer> own, Set<String> threads) {
    Context context = vertx.getOrCreateContext();
    Promise<Object> ended = Promise.promise();
    context.runOnContext(
        unused -> {
          SessionWorker worker = new SessionWorker(vertx);
          AtomicInteger busy = new AtomicInteger();
          List<Future<?>> tasks = new ArrayList<>();
          for (int i = 0; i < TASKS; i++) {
            int number = i;
            Callable<Object> work =
                () -> {
                  assertThat(busy.incrementAndGet()).as("at once").isEqualTo(1);
                  threads.add(Thread.currentThread().getName());
                  own.add(number);
                  busy.decrementAndGet();
                  return number;
                };
            tasks.add(i % 5 == 0 ? worker.make(work) : worker.decide(work));
          }
          Future.join(tasks)
              .eventually(worker::close)
              .onSuccess(ok -> ended.complete())
              .onFailure(ended::fail);
        });
    return ended.future();
  }

  /** A task that fails ends nothing but itself. */
  @Test
  void whatComesAfterAFailureIsDone() throws Exception {
    SessionWorker worker = new SessionWorker(vertx);
    Future<Object> failing =
        worker.decide(
            () -> {
              throw new IllegalStateException("meant");
            });
    Future<String> next = worker.make(() -> "done");
    await(next);
    assertThat(failing.failed()).isTrue();
    assertThat(next.result()).isEqualTo("done");
    await(worker.close());
  }
}
