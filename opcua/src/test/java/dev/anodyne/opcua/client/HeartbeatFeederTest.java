package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.WireType;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.junit.jupiter.api.Test;

/** The watchdog's beats, with time in the test's hands: milliseconds. */
class HeartbeatFeederTest {
  private final HeartbeatFeed feed =
      new HeartbeatFeed(
          new NodeAddress.ById(ExpandedNodeId.of("urn:x", 7L)),
          Optional.of(WireType.UINT16),
          Duration.ofMillis(200),
          3);
  private final HeartbeatFeeder feeder = new HeartbeatFeeder(link(), feed);

  /** A watchdog of 1 s, and writes that take effect 0.5 + 0.1 s late at most. */
  private ChargerLink link() {
    return new ChargerLink(
        Mode.SUBSCRIBE,
        Optional.empty(),
        new Expiry.Watchdog(Duration.ofSeconds(1)),
        OnReconnect.ZERO,
        Optional.of(feed),
        Optional.of(Duration.ofMillis(500)),
        1);
  }

  @Test
  void nothingIsFedBeforeACommandWasTaken() {
    assertThat(feeder.isDue(ms(0))).isFalse();
    assertThat(feeder.hasRunOut(ms(0))).isFalse();
    feeder.accepted(CurrentCommand.zero(ms(0)));
    assertThat(feeder.isDue(ms(0))).isTrue();
  }

  @Test
  void noCurrentIsFedForEver() {
    feeder.accepted(CurrentCommand.zero(ms(0)));
    assertThat(feeder.isDue(ms(3_600_000))).isTrue();
    assertThat(feeder.hasRunOut(ms(3_600_000))).isFalse();
  }

  @Test
  void feedingStopsAsLongBeforeTheExpiryAsTheWatchdogTakes() {
    feeder.accepted(new CurrentCommand(5, 16.8, ms(3550)));
    assertThat(feeder.isAllowed(ms(1949))).isTrue();
    assertThat(feeder.isAllowed(ms(1950))).as("1.6 s before the expiry").isFalse();
    assertThat(feeder.hasRunOut(ms(1950))).isTrue();
    feeder.accepted(new CurrentCommand(5, 16.8, ms(4550)));
    assertThat(feeder.isAllowed(ms(1950))).as("a newer command").isTrue();
  }

  @Test
  void beatsComeOnceAPeriodAndWrapAround() {
    feeder.accepted(CurrentCommand.zero(ms(0)));
    assertThat(feeder.beat(ms(0))).isEqualTo(1);
    assertThat(feeder.isDue(ms(199))).isFalse();
    assertThat(feeder.nanosToNext(ms(150))).isEqualTo(ms(50));
    assertThat(feeder.isDue(ms(200))).isTrue();
    assertThat(feeder.beat(ms(200))).isEqualTo(2);
    assertThat(feeder.beat(ms(400))).isEqualTo(0);
  }

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
