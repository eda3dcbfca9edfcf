package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChargeIdsTest {
  @Test
  void isAUuidOfVersionSevenThatTellsItsBegin() {
    Instant begin = Instant.parse("2026-01-31T06:30:00.123Z");
    ChargeIds ids = new ChargeIds(Clock.fixed(begin, ZoneOffset.UTC));
    UUID id = UUID.fromString(ids.next());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(begin.toEpochMilli());
  }

  @Test
  void sortsByTimeEvenWhenTheClockStandsStillOrIsSetBack() {
    AtomicLong millis = new AtomicLong(1_000_000);
    InstantSource source = () -> Instant.ofEpochMilli(millis.get());
    ChargeIds ids = new ChargeIds(source.withZone(ZoneOffset.UTC));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      millis.set(i < 6_000 ? 1_000_000 : 900_000 + i);
      made.add(ids.next());
    }
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }
}
