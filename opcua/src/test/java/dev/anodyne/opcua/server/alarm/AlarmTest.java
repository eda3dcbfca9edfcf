package dev.anodyne.opcua.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life-cycle of one alarm: from causes and what operators do to states and events. */
class AlarmTest {
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final Duration ON = Duration.ofSeconds(5);
  private static final Duration OFF = Duration.ofSeconds(3);

  private final Alarms alarms = new Alarms();
  private final List<AlarmChange> told = new ArrayList<>();
  private long seconds;

  /**
   * Steps: {@code +A} cause A is seen, {@code -} no cause is seen, {@code ack} and {@code confirm}
   * with the newest event, {@code disable}, {@code enable}; a number waits so many seconds while
   * the same is seen. States: active, acknowledged, confirmed, retain as letters, small when not;
   * events.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing happens,                     '- 60',                          aACr, 0",
    "a cause that passes counts not,      '+A 4 - 60',                     aACr, 0",
    "a cause that lasts counts,           '+A 5',                          AaCR, 1",
    "acknowledged while active,           '+A 5 ack',                      AACR, 2",
    "gone and acknowledged,               '+A 5 - 3 ack',                  aACr, 3",
    "acknowledged and gone,               '+A 5 ack - 3',                  aACr, 3",
    "gone but not acknowledged stays,     '+A 5 - 60',                     aaCR, 2",
    "a gap shorter than the off-delay,    '+A 5 - 2 +A 60',                AaCR, 1",
    "again while acknowledged,            '+A 5 ack - 3 +A 5',             AaCR, 4",
    "something new needs a new look,      '+A 5 ack +AB 5',                AaCR, 3",
    "something less needs none,           '+AB 5 ack +A 3',                AACR, 3",
    "disabled is of no interest,          '+A 5 disable',                  aACr, 2",
    "disabled sees nothing,               '+A 5 disable +A 60',            aACr, 2",
    "enabled sees anew,                   '+A 5 disable enable +A 5',      AaCR, 4",
  })
  void lifeCycle(String name, String steps, String state, int events) {
    run(alarm(false), steps, state, events);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "to be confirmed,                     '+A 5 ack',                      AAcR, 2",
    "gone and not confirmed stays,        '+A 5 ack - 60',                 aAcR, 3",
    "confirmed and gone,                  '+A 5 ack confirm - 3',          aACr, 4",
    "gone and confirmed,                  '+A 5 ack - 3 confirm',          aACr, 4",
    "again before it was confirmed,       '+A 5 ack - 3 +A 5',             AaCR, 4",
  })
  void lifeCycleOfWhatMustBeConfirmed(String name, String steps, String state, int events) {
    run(alarm(true), steps, state, events);
  }

  private void run(Alarm alarm, String steps, String state, int events) {
    String seen = "";
    look(alarm, seen);
    for (String step : steps.split(" ")) {
      if (step.startsWith("+") || step.equals("-")) {
        seen = step.substring(1);
        look(alarm, seen);
      } else if (Character.isDigit(step.charAt(0))) {
        long end = seconds + Long.parseLong(step);
        while (seconds < end) {
          seconds++;
          look(alarm, seen);
        }
      } else {
        assertThat(act(alarm, step)).as(step).isEqualTo(AlarmAnswer.DONE);
      }
    }
    assertThat(letters(alarm.state())).isEqualTo(state);
    assertThat(told).hasSize(events);
    assertThat(told.stream().map(c -> c.now().eventId()).distinct()).hasSize(events);
  }

  @Test
  void ofTwoWhoAcknowledgeTheSecondIsTooLate() {
    Alarm alarm = active(alarm(false));
    UUID event = alarm.state().eventId();
    assertThat(alarm.acknowledge(event, "Mine.", "ann", START)).isEqualTo(AlarmAnswer.DONE);
    assertThat(alarm.acknowledge(event, "Mine!", "bob", START))
        .isEqualTo(AlarmAnswer.ALREADY_ACKNOWLEDGED);
    assertThat(alarm.state().note()).isEqualTo(new AlarmState.Note("Mine.", "ann", START));
    assertThat(alarm.confirm(event, null, "bob", START)).isEqualTo(AlarmAnswer.ALREADY_CONFIRMED);
  }

  @Test
  void onlyAnEventOfThisOccurrenceCanBeAcknowledged() {
    Alarm alarm = active(alarm(false));
    UUID first = alarm.state().eventId();
    assertThat(alarm.acknowledge(UUID.randomUUID(), "", "ann", START))
        .isEqualTo(AlarmAnswer.EVENT_UNKNOWN);
    assertThat(alarm.acknowledge(first, "", "ann", START)).isEqualTo(AlarmAnswer.DONE);
    wait(alarm, "", 3);
    wait(alarm, "A", 6);
    assertThat(alarm.state().acknowledged()).isFalse();
    assertThat(alarm.acknowledge(first, "", "ann", START))
        .as("whoever has seen the first has not seen the second")
        .isEqualTo(AlarmAnswer.EVENT_UNKNOWN);
    assertThat(alarm.comment(first, "It was the cable.", "ann", START)).isEqualTo(AlarmAnswer.DONE);
    assertThat(alarm.state().acknowledged()).isFalse();
  }

  @Test
  void aDisabledAlarmTakesNothing() {
    Alarm alarm = active(alarm(false));
    UUID event = alarm.state().eventId();
    assertThat(alarm.enable("ann", START)).isEqualTo(AlarmAnswer.ALREADY_ENABLED);
    assertThat(alarm.disable("ann", START)).isEqualTo(AlarmAnswer.DONE);
    assertThat(alarm.disable("ann", START)).isEqualTo(AlarmAnswer.DISABLED);
    assertThat(alarm.acknowledge(event, "", "ann", START)).isEqualTo(AlarmAnswer.DISABLED);
    assertThat(alarm.comment(event, "", "ann", START)).isEqualTo(AlarmAnswer.DISABLED);
  }

  @Test
  void aCommentThatSaysNothingKeepsTheLastOne() {
    Alarm alarm = active(alarm(false));
    UUID event = alarm.state().eventId();
    assertThat(alarm.comment(event, "Seen.", "ann", START)).isEqualTo(AlarmAnswer.DONE);
    assertThat(alarm.acknowledge(event, null, "bob", START)).isEqualTo(AlarmAnswer.DONE);
    assertThat(alarm.state().note()).isEqualTo(new AlarmState.Note("Seen.", "bob", START));
  }

  @Test
  void aSourceThatCannotBeSeenLeavesTheAlarmAsItIs() {
    Alarm alarm = active(alarm(false));
    int before = told.size();
    for (int i = 0; i < 60; i++) {
      seconds++;
      alarms.observe(alarm, counts -> Observation.unseen(AlarmQuality.BAD), now(), nanos());
    }
    assertThat(letters(alarm.state())).isEqualTo("AaCR");
    assertThat(alarm.state().quality()).isEqualTo(AlarmQuality.BAD);
    assertThat(told).as("one event says that it cannot be seen").hasSize(before + 1);
    wait(alarm, "", 3);
    assertThat(letters(alarm.state())).isEqualTo("aaCR");
    assertThat(alarm.state().quality()).isEqualTo(AlarmQuality.GOOD);
  }

  @Test
  void aSourceThatChattersMakesNoStorm() {
    Alarm alarm = alarm(false);
    for (int i = 0; i < 600; i++) {
      seconds++;
      look(alarm, i % 2 == 0 ? "A" : "");
    }
    assertThat(told).as("it never lasts 5 s").isEmpty();
    for (int i = 0; i < 600; i++) {
      seconds++;
      look(alarm, i % 10 < 8 ? "A" : "");
    }
    assertThat(told).as("it is never gone for 3 s").hasSize(1);
  }

  @Test
  void severityFollowsTheGravestCauseAndTheOneBeforeIsTold() {
    Alarm alarm = active(alarm(false));
    assertThat(alarm.state().severity()).isEqualTo(500);
    wait(alarm, "AZ", 6);
    assertThat(alarm.state().severity()).isEqualTo(900);
    assertThat(alarm.state().lastSeverity()).isEqualTo(500);
    assertThat(alarm.state().message()).isEqualTo("A is there. Z is there.");
  }

  @Test
  void aLimitIsKeptAgainOnlyBeyondItsDeadband() {
    AlarmSpec spec = spec(AlarmKind.EXCLUSIVE_LIMIT, false);
    Alarm alarm = alarms.add("CH02", spec);
    alarms.listen(told::add);
    Bands bands = new Bands(Double.NaN, Double.NaN, 300, 302, 0.5);
    double[] values = {299, 300.1, 299.6, 302.5, 301.6, 301.4, 299.6, 299.4};
    String[] levels = {null, "HIGH", "HIGH", "HIGH_HIGH", "HIGH_HIGH", "HIGH", "HIGH", null};
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      for (int k = 0; k < 6; k++) {
        seconds++;
        alarms.observe(
            alarm,
            counts -> Observation.of(bands.causes(value, "The cell", "K", 500, counts), bands),
            now(),
            nanos());
      }
      LimitLevel level = alarm.state().level();
      assertThat(level == null ? null : level.name()).as("at %s K", value).isEqualTo(levels[i]);
    }
    assertThat(told)
        .extracting(c -> c.now().message())
        .containsExactly(
            "The cell is 300.1 K, above 300.0 K.",
            "The cell is 302.5 K, above 302.0 K.",
            "The cell is 301.4 K, above 300.0 K.",
            "Back to normal.");
  }

  @Test
  void theFaultsOfAnOwnerAreAcknowledgedTogether() {
    Alarm first = active(alarm(true));
    Alarm second = alarms.add("CH01", named("Other", true));
    alarms.add("CH02", named("Elsewhere", true));
    look(second, "A");
    wait(second, "A", 5);
    assertThat(alarms.unacknowledgedFaults("CH01")).containsExactly(first, second);
    assertThat(alarms.acknowledgeFaults("CH01", "Seen.", "ann", START)).isEqualTo(2);
    assertThat(alarms.unacknowledgedFaults("CH01")).isEmpty();
    alarms.confirmFaults("CH01", "ann", START);
    assertThat(letters(first.state())).isEqualTo("AACR");
    assertThat(alarms.retained()).containsExactly(first, second);
  }

  private Alarm alarm(boolean confirmed) {
    alarms.listen(told::add);
    return alarms.add("CH01", spec(AlarmKind.OFF_NORMAL, confirmed));
  }

  private Alarm active(Alarm alarm) {
    look(alarm, "A");
    wait(alarm, "A", 5);
    assertThat(alarm.state().active()).isTrue();
    return alarm;
  }

  private void wait(Alarm alarm, String seen, int forSeconds) {
    look(alarm, seen);
    for (int i = 0; i < forSeconds; i++) {
      seconds++;
      look(alarm, seen);
    }
  }

  private void look(Alarm alarm, String seen) {
    List<Cause> causes =
        Arrays.stream(seen.split(""))
            .filter(name -> !name.isEmpty())
            .map(name -> new Cause(name, name.equals("Z") ? 900 : 500, name + " is there."))
            .toList();
    alarms.observe(alarm, counts -> Observation.of(causes), now(), nanos());
  }

  private AlarmAnswer act(Alarm alarm, String what) {
    UUID event = alarm.state().eventId();
    return switch (what) {
      case "ack" -> alarm.acknowledge(event, "", "ann", now());
      case "confirm" -> alarm.confirm(event, "", "ann", now());
      case "disable" -> alarm.disable("ann", now());
      case "enable" -> alarm.enable("ann", now());
      default -> throw new IllegalArgumentException(what);
    };
  }

  private Instant now() {
    return START.plusSeconds(seconds);
  }

  private long nanos() {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static AlarmSpec named(String name, boolean confirmed) {
    AlarmSpec s = spec(AlarmKind.OFF_NORMAL, confirmed);
    return new AlarmSpec(
        name,
        s.kind(),
        s.conditionClass(),
        s.severity(),
        s.onDelay(),
        s.offDelay(),
        s.fault(),
        s.confirmed(),
        s.levels(),
        s.input(),
        s.when());
  }

  private static AlarmSpec spec(AlarmKind kind, boolean confirmed) {
    return new AlarmSpec(
        "Test", kind, AlarmSpec.Topic.PROCESS, 500, ON, OFF, true, confirmed, Set.of(), "", "");
  }

  private static String letters(AlarmState s) {
    return letter('a', s.active())
        + letter('a', s.acknowledged())
        + letter('c', s.confirmed())
        + letter('r', s.retain());
  }

  private static String letter(char c, boolean big) {
    String text = String.valueOf(c);
    return big ? text.toUpperCase(Locale.ROOT) : text;
  }
}
