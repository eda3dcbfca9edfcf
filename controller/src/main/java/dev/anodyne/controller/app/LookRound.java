package dev.anodyne.controller.app;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The short looks of all sessions on one event loop, one after the other at each tick of one timer:
 * a timer for each of a thousand sessions would wake the loops tens of thousands of times a second.
 * Everything but the map lives on the event loop.
 */
final class LookRound {
  private static final Map<Key, LookRound> ROUNDS = new ConcurrentHashMap<>();

  private final Key key;
  private final List<Seat> seats = new ArrayList<>();
  private final Future<?> ticks;

  private record Key(EventLoop loop, long millis) {}

  /** Who looks, in whose context. */
  private record Seat(ContextInternal context, BooleanSupplier look) {}

  private LookRound(Key key) {
    this.key = key;
    ticks =
        key.loop()
            .scheduleWithFixedDelay(this::round, key.millis(), key.millis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Looks from now on, until it says {@code false}.
   *
   * @param context the session's, which is the present one
   * @param millis between two looks
   */
  static void join(ContextInternal context, long millis, BooleanSupplier look) {
    ROUNDS
        .computeIfAbsent(new Key(context.nettyEventLoop(), millis), LookRound::new)
        .seats
        .add(new Seat(context, look));
  }

  private void round() {
    // Who comes or goes meanwhile does so on this very thread.
    for (Seat seat : List.copyOf(seats)) {
      seat.context()
          .dispatch(
              () -> {
                if (!seat.look().getAsBoolean()) {
                  seats.remove(seat);
                }
              });
    }
    if (seats.isEmpty()) {
      ROUNDS.remove(key, this);
      ticks.cancel(false);
    }
  }
}
