package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ages by a clock that nobody trusts. */
class SourceClockTest {
  private static final long HOURS_OFF = Duration.ofHours(-7).toNanos();

  private final SourceClock clock = new SourceClock();

  @Test
  void aClockThatIsHoursOffStillTellsAges() {
    hear(1000, 10);
    hear(2000, 12);
    assertThat(age(1000, 10)).isZero();
    assertThat(age(3000, 700)).as("690 ms slower than the fastest").isEqualTo(ms(690));
  }

  @Test
  void aFasterArrivalMovesWhatCountsAsFresh() {
    hear(1000, 300);
    assertThat(age(1000, 300)).isZero();
    hear(2000, 20);
    assertThat(age(2000, 300)).isEqualTo(ms(280));
  }

  @Test
  void clocksMayDriftApart() {
    // 100 ppm slow for an hour: 360 ms, of which only the last two windows' 12 ms may show.
    for (long s = 0; s <= 3600; s++) {
      long source = HOURS_OFF + ms(s * 1000) - ms(s * 1000) / 10_000;
      clock.heard(source, ms(s * 1000));
      assertThat(clock.ageNanos(source, ms(s * 1000))).isLessThanOrEqualTo(ms(13));
    }
  }

  @Test
  void nothingIsYoungerThanItsArrival() {
    hear(1000, 10);
    assertThat(age(5000, -2000)).isZero();
  }

  @Test
  void aClockThatWasSetBackIsStartedAnew() {
    hear(1000, 10);
    assertThat(clock.ageNanos(HOURS_OFF - ms(5000), ms(2000))).isGreaterThan(ms(5000));
    clock.restart();
    clock.heard(HOURS_OFF - ms(5000), ms(2000));
    assertThat(clock.ageNanos(HOURS_OFF - ms(5000), ms(2000))).isZero();
  }

  private void hear(long sentMillis, long underwayMillis) {
    clock.heard(HOURS_OFF + ms(sentMillis), ms(sentMillis + underwayMillis));
  }

  private long age(long sentMillis, long underwayMillis) {
    return clock.ageNanos(HOURS_OFF + ms(sentMillis), ms(sentMillis + underwayMillis));
  }

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
