package dev.anodyne.opcua.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers while connecting.
 *
 * @param each how long one answer may take
 */
record Patience(Duration each) {
  /**
   * The answer.
   *
   * @param failure what a failure is called, without a full stop
   * @throws LinkException when it fails or does not come in time
   */
  <T> T await(CompletableFuture<T> future, String failure)
      throws LinkException, InterruptedException {
    try {
      return future.get(each.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new LinkException(failure + ": " + Words.of(e) + ".", e);
    }
  }
}
