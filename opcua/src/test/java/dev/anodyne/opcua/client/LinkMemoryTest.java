package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerTag;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.Test;

/** The link's own clock, with time in the test's hands. */
class LinkMemoryTest {
  private final AtomicLong loop = new AtomicLong(1000);
  private final AtomicLong machine = new AtomicLong(Duration.ofHours(1).toNanos());
  private final LinkMemory memory = new LinkMemory(loop::get, machine::get, Duration.ofMillis(900));

  @Test
  void nothingIsFreshBeforeTheHeartbeatHasMoved() {
    assertThat(memory.status().link()).isEqualTo(LinkState.CONNECTING);
    memory.connected();
    hear(7);
    assertThat(memory.status().link()).isEqualTo(LinkState.CONNECTING);
    assertThat(memory.status().measurement().isUsable()).isFalse();
    assertThat(memory.status().capabilities().isKnown()).isFalse();
    hear(7);
    assertThat(memory.status().link()).isEqualTo(LinkState.CONNECTING);
    hear(8);
    assertThat(memory.status().link()).isEqualTo(LinkState.UP);
    assertThat(memory.status().measurement().isUsable()).isTrue();
  }

  @Test
  void staleExactlyAfterTheLimitAndFreshAgainWithTheNextBeat() {
    goUp();
    pass(Duration.ofMillis(900));
    assertThat(memory.status().link()).isEqualTo(LinkState.UP);
    pass(Duration.ofNanos(1));
    assertThat(memory.status().link()).isEqualTo(LinkState.STALE);
    assertThat(memory.status().measurement().quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(memory.status().reason()).contains("has not answered for 0.9 s");
    hear(2);
    assertThat(memory.status().reason()).contains("values have stood still");
    hear(3);
    assertThat(memory.status().link()).isEqualTo(LinkState.UP);
    assertThat(memory.status().reason()).isEmpty();
  }

  @Test
  void heartbeatMayWrapAround() {
    memory.connected();
    hear(UInteger.MAX_VALUE);
    hear(0);
    assertThat(memory.status().link()).isEqualTo(LinkState.UP);
  }

  @Test
  void measurementsCarryTheLoopsTimeOfTheBeat() {
    goUp();
    loop.set(5000);
    hear(2);
    assertThat(memory.status().measurement().timeNanos()).isEqualTo(1000);
    hear(3);
    assertThat(memory.status().measurement().timeNanos()).isEqualTo(5000);
  }

  @Test
  void lossIsDownAndBadAndAReconnectWaitsForABeatAgain() {
    goUp();
    memory.wrote("The charger refused Setpoint.Current.");
    assertThat(memory.status().faults()).contains(ChargerFault.COMMUNICATION_FAULT);
    memory.lost("The cable was cut.");
    assertThat(memory.status().link()).isEqualTo(LinkState.DOWN);
    assertThat(memory.status().measurement().quality()).isEqualTo(Quality.BAD);
    assertThat(memory.status().reason()).isEqualTo("The cable was cut.");
    hear(9);
    assertThat(memory.status().link()).as("a late answer").isEqualTo(LinkState.DOWN);
    memory.connected();
    hear(2);
    assertThat(memory.status().link()).isEqualTo(LinkState.CONNECTING);
    hear(3);
    assertThat(memory.status().link()).isEqualTo(LinkState.UP);
    assertThat(memory.status().faults()).isEqualTo(FakeCharger.IMAGE.faults());
  }

  private void goUp() {
    memory.connected();
    hear(1);
    hear(2);
  }

  private void hear(long heartbeat) {
    Map<ChargerTag, Object> tags = FakeCharger.IMAGE.toTags();
    tags.put(ChargerTag.HEARTBEAT, UInteger.valueOf(heartbeat));
    memory.answered(new TagValues(tags, Quality.GOOD));
  }

  private void pass(Duration time) {
    machine.addAndGet(time.toNanos());
  }
}
