package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.server.LoginThrottle.Attempt;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final InetAddress HERE = address("192.0.2.1");
  private static final InetAddress THERE = address("198.51.100.7");

  private long nanos = 1;
  private final LoginThrottle throttle = new LoginThrottle(LoginRules.DEFAULT, () -> nanos);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** True when it was looked at, and found wrong. */
  private boolean wrong(String user, InetAddress from) {
    Attempt attempt = throttle.begin(user, from);
    if (attempt.isRefused()) {
      return false;
    }
    attempt.failed();
    return true;
  }

  @Test
  void fiveWrongOnesAreFreeAndThenTheWaitDoublesUpToAMinute() {
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("anna", HERE)).isTrue();
    }
    for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      pass(Duration.ofSeconds(wait).minusMillis(1));
      assertThat(wrong("anna", HERE)).as("just before %d s", wait).isFalse();
      pass(Duration.ofMillis(1));
      assertThat(wrong("anna", HERE)).as("after %d s", wait).isTrue();
    }
  }

  @Test
  void othersAreNotKeptWaiting() {
    for (int i = 0; i < 100; i++) {
      wrong("anna", HERE);
    }
    assertThat(throttle.begin("anna", HERE).isRefused()).isTrue();
    assertThat(throttle.begin("bert", HERE).isRefused()).as("another user").isFalse();
    assertThat(throttle.begin("anna", THERE).isRefused()).as("another address").isFalse();
  }

  @Test
  void aRightOneStartsAnew() {
    for (int i = 0; i < 4; i++) {
      wrong("anna", HERE);
    }
    throttle.begin("anna", HERE).succeeded();
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("anna", HERE)).isTrue();
    }
    assertThat(wrong("anna", HERE)).isFalse();
  }

  @Test
  void anAddressThatTriesManyNamesWaitsExceptForWhoHasLoggedInFromThere() {
    throttle.begin("known", HERE).succeeded();
    for (int i = 0; i < 20; i++) {
      assertThat(wrong("guess" + i, HERE)).isTrue();
    }
    assertThat(throttle.begin("another", HERE).isRefused()).isTrue();
    assertThat(throttle.begin("known", HERE).isRefused()).isFalse();
    assertThat(throttle.begin("another", THERE).isRefused()).isFalse();
    throttle.begin("known", HERE).succeeded();
    assertThat(throttle.begin("another", HERE).isRefused())
        .as("whoever has an account does not buy guesses with it")
        .isTrue();
  }

  @Test
  void manyAddressesThatTryOneNameWaitExceptWhereItHasLoggedIn() {
    throttle.begin("anna", HERE).succeeded();
    for (int i = 0; i < 50; i++) {
      assertThat(wrong("anna", address("203.0.113." + i))).isTrue();
    }
    assertThat(throttle.begin("anna", THERE).isRefused()).isTrue();
    assertThat(throttle.begin("anna", HERE).isRefused()).as("nobody is locked out").isFalse();
  }

  @Test
  void whatIsTriedAtTheSameTimeCountsBeforeItHasFailed() {
    int lookedAt = 0;
    for (int i = 0; i < 100; i++) {
      lookedAt += throttle.begin("anna", HERE).isRefused() ? 0 : 1;
    }
    assertThat(lookedAt).isEqualTo(LoginRules.DEFAULT.wrongPerUser());
  }

  /** So many got through a plain server in that time. */
  @Test
  void ofThreeHundredAndThirtyThreeInFiveSecondsFewAreLookedAt() {
    int lookedAt = 0;
    for (int i = 0; i < 333; i++) {
      lookedAt += wrong("anna", HERE) ? 1 : 0;
      pass(Duration.ofMillis(15));
    }
    // Five at once, then after 1 and 3 s.
    assertThat(lookedAt).isEqualTo(7);
  }

  @Test
  void afterAQuietWhileAllIsForgotten() {
    for (int i = 0; i < 5; i++) {
      wrong("anna", HERE);
    }
    pass(Duration.ofMinutes(2).plusSeconds(1));
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("anna", HERE)).isTrue();
    }
  }

  @Test
  void aNetworkOfAddressesCountsAsOne() {
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("anna", address("2001:db8::" + i))).isTrue();
    }
    assertThat(wrong("anna", address("2001:db8::99"))).isFalse();
    assertThat(wrong("anna", address("2001:db8:0:1::1"))).isTrue();
  }
}
