package dev.anodyne.controller.http;

import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a command out once, however often it is sent under the same key. Kept in memory: after a
 * restart a key is new again. Lives on one event loop, so of several at once the first one runs and
 * the others wait for its answer.
 */
final class Idempotency {
  private static final long KEPT_NANOS = Duration.ofHours(24).toNanos();

  /** Of one caller: nobody can push out the keys of others. */
  private static final int MOST_OF_ONE = 2_000;

  private static final int MOST_CALLERS = 200;

  private final NanoClock clock;
  private final Map<String, Map<String, Kept>> callers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Kept>> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  /**
   * A command under its key.
   *
   * @param request digest of what was asked for
   */
  private record Kept(String request, Future<Reply> reply, long nanos) {}

  Idempotency(NanoClock clock) {
    this.clock = clock;
  }

  /**
   * Carries out a command, or gives the answer that it had.
   *
   * @param caller whose key it is
   * @param key null: it is carried out in any case
   * @param request digest of all that is asked for
   * @param command carries it out
   */
  Future<Reply> once(
      String caller, @Nullable String key, String request, Supplier<Future<Reply>> command) {
    if (key == null) {
      return command.get();
    }
    long now = clock.nanoTime();
    Map<String, Kept> keys = callers.computeIfAbsent(caller, unused -> new LinkedHashMap<>());
    forgetOld(keys, now);
    Kept before = keys.get(key);
    if (before != null) {
      if (!before.request().equals(request)) {
        return Future.failedFuture(
            RefusedException.of(
                422,
                "Key used before",
                "Idempotency-Key '" + key + "' was used for another request; take a new one."));
      }
      return before.reply().map(reply -> reply.with("Idempotency-Replayed", "true"));
    }
    Promise<Reply> promise = Promise.promise();
    keys.put(key, new Kept(request, promise.future(), now));
    command
        .get()
        .onComplete(
            done -> {
              // What was not carried out, or nobody knows, may be tried again under its key.
              if (done.failed() || done.result().status() >= 500) {
                keys.remove(key);
              }
              promise.handle(done);
            });
    return promise.future();
  }

  /** A digest of all that is asked for. */
  static String digest(String method, String uri, @Nullable Buffer body) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((method + " " + uri + "\n").getBytes(StandardCharsets.UTF_8));
      sha.update(body == null ? new byte[0] : body.getBytes());
      return java.util.HexFormat.of().formatHex(sha.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** The oldest stand first; one that is being carried out is never forgotten. */
  private static void forgetOld(Map<String, Kept> keys, long now) {
    Iterator<Kept> oldest = keys.values().iterator();
    while (oldest.hasNext()) {
      Kept kept = oldest.next();
      boolean old = now - kept.nanos() > KEPT_NANOS || keys.size() >= MOST_OF_ONE;
      if (!old) {
        return;
      }
      if (kept.reply().isComplete()) {
        oldest.remove();
      }
    }
  }
}
