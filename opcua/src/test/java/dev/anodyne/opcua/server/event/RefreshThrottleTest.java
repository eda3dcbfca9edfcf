package dev.anodyne.opcua.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;

/** How many refreshes a session, and all together, may have. */
class RefreshThrottleTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RefreshThrottle throttle = new RefreshThrottle(nanos::get);

  @Test
  void aSessionHasFiveAndThenOneInTwoSeconds() {
    assertThat(granted(1, 20)).isEqualTo(5);
    assertThat(granted(2, 1)).as("another session has its own").isEqualTo(1);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1900));
    assertThat(granted(1, 20)).isZero();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(granted(1, 20)).isEqualTo(1);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(granted(1, 20)).as("no more than five are saved up").isEqualTo(5);
  }

  @Test
  void allSessionsTogetherHaveFiftyAndThenTenASecond() {
    int granted = IntStream.range(0, 100).map(session -> granted(session, 5)).sum();
    assertThat(granted).isEqualTo(50);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    granted = IntStream.range(100, 200).map(session -> granted(session, 5)).sum();
    assertThat(granted).isEqualTo(10);
  }

  @Test
  void manySessionsAreNotRememberedForEver() {
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    for (int session = 0; session < 5000; session++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(granted(session, 1)).isEqualTo(1);
    }
  }

  private int granted(int session, int asked) {
    return (int)
        IntStream.range(0, asked).filter(i -> throttle.mayRefresh(new NodeId(1, session))).count();
  }
}
