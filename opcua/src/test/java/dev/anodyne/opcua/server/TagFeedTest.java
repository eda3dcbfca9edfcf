package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.anodyne.opcua.model.ChargerTag;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values reach items as they come, never more often than asked, and the newest always does. */
class TagFeedTest {
  private static final ChargerTag TAG = ChargerTag.HEARTBEAT;

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final TagFeed feed = new TagFeed(scheduler);

  @AfterEach
  void shutDown() {
    scheduler.shutdownNow();
  }

  /** What an item was told, and when. */
  private record Heard(int value, long nanos) {}

  private static DataItem item(double samplingMillis, List<Heard> heard) {
    DataItem item = mock(DataItem.class);
    when(item.isSamplingEnabled()).thenReturn(true);
    when(item.getSamplingInterval()).thenReturn(samplingMillis);
    when(item.getTimestampsToReturn()).thenReturn(TimestampsToReturn.Source);
    doAnswer(
            call -> {
              DataValue value = call.getArgument(0);
              return heard.add(new Heard((Integer) value.value().value(), System.nanoTime()));
            })
        .when(item)
        .setValue(any());
    return item;
  }

  private static DataValue value(int number) {
    return new DataValue(new Variant(number));
  }

  private static List<Integer> values(List<Heard> heard) {
    return heard.stream().map(Heard::value).toList();
  }

  @Test
  void aValueIsToldAtOnceWhenTheLastIsOldEnough() throws InterruptedException {
    List<Heard> heard = new CopyOnWriteArrayList<>();
    feed.add(TAG, item(10, heard), value(0));
    for (int i = 1; i <= 3; i++) {
      TimeUnit.MILLISECONDS.sleep(15);
      feed.publish(TAG, value(i));
      assertThat(values(heard)).endsWith(i);
    }
    assertThat(values(heard)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void whatComesSoonerWaitsAndTheNewestCounts() throws InterruptedException {
    List<Heard> slow = new CopyOnWriteArrayList<>();
    List<Heard> slower = new CopyOnWriteArrayList<>();
    feed.add(TAG, item(100, slow), value(0));
    feed.add(TAG, item(250, slower), value(0));
    int last = 150;
    for (int i = 1; i <= last; i++) {
      feed.publish(TAG, value(i));
      TimeUnit.MILLISECONDS.sleep(2);
    }
    TimeUnit.MILLISECONDS.sleep(500);
    assertThat(values(slow)).isSorted().doesNotHaveDuplicates().endsWith(last);
    assertThat(values(slower)).isSorted().doesNotHaveDuplicates().endsWith(last);
    assertThat(slower).hasSizeLessThan(slow.size());
    for (List<Heard> heard : List.of(slow, slower)) {
      double apart = heard == slow ? 100 : 250;
      for (int i = 1; i < heard.size(); i++) {
        double millis = (heard.get(i).nanos() - heard.get(i - 1).nanos()) * 1e-6;
        // The clock of the feed was read before that of the item.
        assertThat(millis).isGreaterThan(apart - 20);
      }
    }
  }

  @Test
  void whoIsGoneOrDoesNotListenHearsNothing() throws InterruptedException {
    List<Heard> gone = new CopyOnWriteArrayList<>();
    List<Heard> deaf = new CopyOnWriteArrayList<>();
    DataItem leaving = item(10, gone);
    DataItem disabled = item(10, deaf);
    feed.add(TAG, leaving, value(0));
    feed.add(TAG, disabled, value(0));
    feed.remove(TAG, leaving);
    when(disabled.isSamplingEnabled()).thenReturn(false);
    TimeUnit.MILLISECONDS.sleep(15);
    feed.publish(TAG, value(1));
    assertThat(values(gone)).containsExactly(0);
    assertThat(values(deaf)).containsExactly(0);
    when(disabled.isSamplingEnabled()).thenReturn(true);
    feed.changed(TAG, disabled, value(1));
    assertThat(values(deaf)).containsExactly(0, 1);
  }

  @Test
  void aValueAfterTheEndOfTheServerHurtsNobody() {
    List<Heard> heard = new CopyOnWriteArrayList<>();
    feed.add(TAG, item(1000, heard), value(0));
    scheduler.shutdownNow();
    feed.publish(TAG, value(1));
    assertThat(values(heard)).containsExactly(0);
  }
}
