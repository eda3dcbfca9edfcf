package dev.anodyne.opcua.client;

import java.util.concurrent.Semaphore;

/**
 * A number of places that follows what can be borne: one log-in that takes long halves it, some
 * quick ones give one back. When a whole site comes at once, neither this process nor a server that
 * many chargers share is then given more than it gets done in time.
 */
final class Turns {
  /** Longer than this is long: attempts end after some seconds. */
  private static final long LONG_NANOS = 1_000_000_000;

  /** What was begun before the last halving says nothing about what that has brought. */
  private static final long HALVING_NANOS = 1_000_000_000;

  private static final int QUICK_PER_PLACE = 4;

  private final Places free;
  private final int least;
  private final int most;
  private int places;
  private int quick;
  private long halvedNanos = System.nanoTime() - HALVING_NANOS;

  /** A fair semaphore that can be made smaller. */
  private static final class Places extends Semaphore {
    private static final long serialVersionUID = 1L;

    Places(int permits) {
      super(permits, true);
    }

    void remove(int count) {
      reducePermits(count);
    }
  }

  /** All places to begin with. */
  Turns(int least, int most) {
    this.least = least;
    this.most = most;
    this.places = most;
    this.free = new Places(most);
  }

  /** Waits for a place; who came first is first. */
  ClientResources.Place await() throws InterruptedException {
    free.acquire();
    return new ClientResources.Place(free::release);
  }

  /** How long a log-in took, or was waited for in vain. */
  synchronized void took(long nanos) {
    if (nanos > LONG_NANOS) {
      quick = 0;
      long now = System.nanoTime();
      if (now - halvedNanos >= HALVING_NANOS) {
        halvedNanos = now;
        int fewer = Math.max(least, places / 2);
        free.remove(places - fewer);
        places = fewer;
      }
    } else if (places < most && ++quick >= QUICK_PER_PLACE) {
      quick = 0;
      places++;
      free.release();
    }
  }

  /** How many may connect at once. */
  synchronized int places() {
    return places;
  }
}
