package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands and beats for a charger with a watchdog of 1 s, whose writes take effect 0.5 + 0.1 s
 * late at most: feeding ends 1.6 s before a command expires. Time and answers are in the test's
 * hands.
 */
class CommandOutboxTest {
  private static final HeartbeatFeed FEED =
      new HeartbeatFeed(
          new NodeAddress.ById(ExpandedNodeId.of("urn:x", 7L)),
          Optional.empty(),
          Duration.ofMillis(200),
          65_536);
  private static final Map<ChargerTag, StatusCode> ALL_TAKEN = Map.of();

  private final List<Map<ChargerTag, Double>> writes = new ArrayList<>();
  private final List<Long> beats = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private CompletableFuture<Map<ChargerTag, StatusCode>> answer = taken();
  private CompletableFuture<StatusCode> beatAnswer =
      CompletableFuture.completedFuture(StatusCode.GOOD);
  private final List<Long> beatMillis = new ArrayList<>();
  private long nowMillis;
  private int rounds;
  private final CommandOutbox outbox =
      new CommandOutbox(
          mapping(), () -> ms(nowMillis), problem -> {}, losses::add, Thread.currentThread());
  private final CommandOutbox.Outlet outlet =
      new CommandOutbox.Outlet(
          values -> {
            writes.add(values);
            return answer;
          },
          count -> {
            beats.add(count);
            return beatAnswer;
          },
          Set.of(ChargerTag.SETPOINT_CURRENT, ChargerTag.SETPOINT_VOLTAGE_CEILING));

  @Test
  void aCurrentWhoseCeilingIsRefusedIsNotFedForEver() {
    writeZero();
    answer = refused(ChargerTag.SETPOINT_VOLTAGE_CEILING, StatusCodes.Bad_OutOfRange);
    write(5, 10_000);
    assertThat(outbox.isIdle()).as("the register holds 5 A").isFalse();
    assertNotFedBeyond(8_400);
  }

  @ParameterizedTest
  @ValueSource(longs = {StatusCodes.Bad_Timeout, StatusCodes.Uncertain_LastUsableValue})
  void aCurrentThatMayHaveBeenTakenIsNotFedForEver(long code) {
    writeZero();
    answer = refused(ChargerTag.SETPOINT_CURRENT, code);
    write(5, 10_000);
    assertThat(outbox.isIdle()).isFalse();
    assertNotFedBeyond(8_400);
  }

  @Test
  void aCurrentWhoseWriteFailedIsNotFedForEver() {
    writeZero();
    answer = CompletableFuture.failedFuture(new UaException(StatusCodes.Bad_TooManyOperations));
    write(5, 10_000);
    assertThat(losses).as("late answers only end a session").isEmpty();
    assertThat(outbox.isIdle()).isFalse();
    assertNotFedBeyond(8_400);
  }

  @Test
  void aCurrentCountsFromTheMomentItIsSent() {
    writeZero();
    answer = new CompletableFuture<>();
    write(5, 10_000);
    assertThat(outbox.isIdle()).isFalse();
    goOnUntil(20_000);
    assertThat(lastBeatMillis()).as("without an answer").isBetween(8_200L, 8_400L);
    CompletableFuture<Map<ChargerTag, StatusCode>> late = answer;
    answer = new CompletableFuture<>();
    late.complete(ALL_TAKEN);
    goOnUntil(30_000);
    assertThat(lastBeatMillis()).isLessThanOrEqualTo(8_400L);
  }

  @Test
  void whileNobodyKnowsWhichOfTwoCurrentsHoldsTheEarlierEndCounts() {
    writeZero();
    write(5, 10_000);
    answer = refused(ChargerTag.SETPOINT_VOLTAGE_CEILING, StatusCodes.Bad_OutOfRange);
    write(6, 15_000);
    assertNotFedBeyond(8_400);
  }

  @Test
  void aZeroThatIsRefusedLeavesTheCurrentInForce() {
    writeZero();
    write(5, 10_000);
    answer = refused(ChargerTag.SETPOINT_CURRENT, StatusCodes.Bad_OutOfRange);
    write(0, 10_000);
    assertThat(outbox.isIdle()).isFalse();
    assertNotFedBeyond(8_400);
  }

  @Test
  void aCurrentThatIsSurelyRefusedLeavesNoCurrentInForce() {
    writeZero();
    answer = refused(ChargerTag.SETPOINT_CURRENT, StatusCodes.Bad_OutOfRange);
    write(5, 10_000);
    assertThat(outbox.isIdle()).isTrue();
    goOnUntil(60_000);
    assertThat(lastBeatMillis()).as("no current may be fed").isGreaterThan(59_700);
    assertThat(writes).hasSize(2);
  }

  @Test
  void aConfirmedZeroEndsTheDoubtAndIsFedAgain() {
    writeZero();
    answer = refused(ChargerTag.SETPOINT_VOLTAGE_CEILING, StatusCodes.Bad_OutOfRange);
    write(5, 10_000);
    answer = taken();
    goOnUntil(9_000);
    assertThat(lastAmps()).as("written by itself at 8.4 s").isZero();
    assertThat(outbox.isIdle()).isTrue();
    goOnUntil(60_000);
    assertThat(lastBeatMillis()).isGreaterThan(59_700);
  }

  @Test
  void aRefusedZeroIsTriedOnceAPeriodAndNotWithoutAPause() {
    writeZero();
    write(5, 10_000);
    answer = refused(ChargerTag.SETPOINT_CURRENT, StatusCodes.Bad_OutOfRange);
    goOnUntil(8_399);
    assertThat(writes).hasSize(2);
    int before = rounds;
    goOnUntil(18_399);
    // 10 s of 0.2 s each.
    assertThat(writes.size() - 2).isBetween(49, 51);
    assertThat(rounds - before).as("rounds of the session's thread").isLessThan(160);
  }

  @Test
  void nothingSpinsWhileNothingCanBeDone() {
    assertThat(outbox.work(outlet)).as("before the first command").isEqualTo(Long.MAX_VALUE);
    beatAnswer = new CompletableFuture<>();
    writeZero();
    assertThat(beats).hasSize(1);
    nowMillis = 5_000;
    assertThat(outbox.work(outlet)).as("a beat without an answer").isEqualTo(Long.MAX_VALUE);
    write(5, 10_000);
    assertThat(outbox.work(outlet)).as("the end of feeding").isEqualTo(ms(3_400));
  }

  /** Rounds of the session's thread, each as late as the one before has allowed. */
  private void goOnUntil(long millis) {
    while (true) {
      int before = beats.size();
      long pause = outbox.work(outlet);
      rounds++;
      if (beats.size() > before) {
        beatMillis.add(nowMillis);
      }
      // An answer that is there at once wakes the thread; one millisecond at least must pass.
      long step = pause < ms(10) ? 1 : Math.min(pause / ms(1), 100);
      if (nowMillis + step > millis) {
        nowMillis = millis;
        return;
      }
      nowMillis += step;
    }
  }

  /** The zero that follows is not answered: only it would end the doubt. */
  private void assertNotFedBeyond(long millis) {
    answer = new CompletableFuture<>();
    goOnUntil(3_600_000);
    assertThat(lastBeatMillis()).isBetween(millis - 200, millis);
  }

  private long lastBeatMillis() {
    return beatMillis.get(beatMillis.size() - 1);
  }

  private double lastAmps() {
    return writes.get(writes.size() - 1).getOrDefault(ChargerTag.SETPOINT_CURRENT, Double.NaN);
  }

  private void writeZero() {
    write(0, 0);
  }

  /** Has a command written, and its answer seen if there is one. */
  private void write(double amps, long untilMillis) {
    outbox.offer(new CurrentCommand(amps, amps == 0 ? 0 : 16.8, ms(untilMillis)));
    outbox.work(outlet);
    outbox.work(outlet);
  }

  private static CompletableFuture<Map<ChargerTag, StatusCode>> taken() {
    return CompletableFuture.completedFuture(ALL_TAKEN);
  }

  private static CompletableFuture<Map<ChargerTag, StatusCode>> refused(ChargerTag tag, long code) {
    return CompletableFuture.completedFuture(Map.of(tag, new StatusCode(code)));
  }

  private static TagMapping mapping() {
    ChargerLink link =
        new ChargerLink(
            Mode.SUBSCRIBE,
            Optional.empty(),
            new Expiry.Watchdog(Duration.ofSeconds(1)),
            OnReconnect.ZERO,
            Optional.of(FEED),
            Optional.of(Duration.ofMillis(500)),
            1);
    Map<ChargerTag, TagBinding> none = new EnumMap<>(ChargerTag.class);
    return new TagMapping(none, Map.of(), List.of(), Optional.empty(), link, true);
  }

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
