package dev.anodyne.controller.app;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what Vert.x does; never on an event loop. */
final class Waiting {
  private Waiting() {}

  /**
   * The result of a future.
   *
   * @param what names it for people
   * @throws StartException when it fails or takes too long
   */
  static <T> T on(Future<T> future, long seconds, String what) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw StartException.of(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new StartException("The " + what + " took longer than " + seconds + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("The " + what + " was interrupted.", e);
    }
  }
}
