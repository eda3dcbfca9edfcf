package dev.anodyne.opcua.server.alarm;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One alarm of one charger or of the station, from inactive to active, acknowledged, confirmed and
 * back (OPC 10000-9 §5.7 and §5.8). It has one branch only. Thread-safe: what happens to it happens
 * under its lock, together with the telling, so listeners hear of changes in the order in which
 * they counted.
 */
public final class Alarm {
  /** Events that may still be acknowledged or commented. */
  private static final int REMEMBERED = 32;

  /** Of two limits that are equally grave the outer one counts. */
  private static final Comparator<Cause> GRAVITY =
      Comparator.comparingInt(Cause::severity)
          .thenComparing(c -> c.name().startsWith("HIGH_") || c.name().startsWith("LOW_"));

  private final String owner;
  private final AlarmSpec spec;
  private final Consumer<AlarmChange> listener;
  private final Debounce causes;
  private final Deque<Told> told = new ArrayDeque<>();
  private Set<String> seen = Set.of();
  private long occurrence;
  private AlarmState state;
  private Bands bands = Bands.NONE;

  /** An event, and the occurrence of the alarm that it told of. */
  private record Told(UUID event, long occurrence) {}

  Alarm(String owner, AlarmSpec spec, Consumer<AlarmChange> listener) {
    this.owner = owner;
    this.spec = spec;
    this.listener = listener;
    this.causes = new Debounce(spec.onDelay(), spec.offDelay());
    this.state = AlarmState.initial(spec.severity());
  }

  /** The charger or station that has it. */
  public String owner() {
    return owner;
  }

  /** What it is. */
  public AlarmSpec spec() {
    return spec;
  }

  /** What tells it from all others, for example {@code CH01.Alarms.LinkLost}. */
  public String id() {
    return owner + ".Alarms." + spec.name();
  }

  /** How it stands. */
  public synchronized AlarmState state() {
    return state;
  }

  /** The limits of a limit alarm as last seen. */
  public synchronized Bands bands() {
    return bands;
  }

  /** Lets somebody look at it while nothing can happen to it. */
  public synchronized void whileStill(Consumer<AlarmState> look) {
    look.accept(state);
  }

  /**
   * Takes in what is seen of its source.
   *
   * @param look sees it; is told which causes count until now, by name
   * @param now UTC
   * @param nanos the same instant by a monotonic clock, ns; delays are measured by it
   */
  synchronized void observe(
      Function<Predicate<String>, Observation> look, Instant now, long nanos) {
    if (!state.enabled()) {
      return;
    }
    Observation o = look.apply(causes::counts);
    AlarmState before = state;
    if (o.quality() != before.quality()) {
      state = state.withQuality(o.quality(), now);
    }
    if (o.quality() == AlarmQuality.GOOD) {
      bands = o.bands();
      causes.take(o.causes(), nanos);
      judge(now);
    }
    boolean same = state.withQuality(before.quality(), before.qualityTime()).equals(before);
    if (!same || (before.quality() != state.quality() && state.retain())) {
      tell(before, same ? AlarmChange.What.QUALITY : AlarmChange.What.STATE, now);
    }
  }

  /**
   * Somebody has seen it.
   *
   * @param event which of its events; null for whatever is there to be acknowledged
   * @param comment null leaves the last one
   */
  public synchronized AlarmAnswer acknowledge(
      @Nullable UUID event, @Nullable String comment, String user, Instant now) {
    AlarmAnswer refused = refusal(event);
    if (refused == AlarmAnswer.DONE && state.acknowledged()) {
      refused = AlarmAnswer.ALREADY_ACKNOWLEDGED;
    }
    if (refused != AlarmAnswer.DONE) {
      return refused;
    }
    act(
        AlarmChange.What.ACKNOWLEDGED,
        s -> s.withAcknowledged(true, !spec.confirmed()),
        comment,
        user,
        now);
    return AlarmAnswer.DONE;
  }

  /** Somebody has dealt with it; the arguments are those of {@link #acknowledge}. */
  public synchronized AlarmAnswer confirm(
      @Nullable UUID event, @Nullable String comment, String user, Instant now) {
    AlarmAnswer refused = refusal(event);
    if (refused == AlarmAnswer.DONE && (state.confirmed() || !state.acknowledged())) {
      refused = AlarmAnswer.ALREADY_CONFIRMED;
    }
    if (refused != AlarmAnswer.DONE) {
      return refused;
    }
    act(AlarmChange.What.CONFIRMED, s -> s.withAcknowledged(true, true), comment, user, now);
    return AlarmAnswer.DONE;
  }

  /** Somebody has something to say about one of its events. */
  public synchronized AlarmAnswer comment(
      UUID event, @Nullable String comment, String user, Instant now) {
    if (!state.enabled()) {
      return AlarmAnswer.DISABLED;
    }
    if (told.stream().noneMatch(t -> t.event().equals(event))) {
      return AlarmAnswer.EVENT_UNKNOWN;
    }
    act(AlarmChange.What.COMMENTED, s -> s, comment, user, now);
    return AlarmAnswer.DONE;
  }

  /** Looks after it again; its source is seen anew. */
  public synchronized AlarmAnswer enable(String user, Instant now) {
    if (state.enabled()) {
      return AlarmAnswer.ALREADY_ENABLED;
    }
    act(AlarmChange.What.ENABLED, s -> s.withEnabled(true), null, user, now);
    return AlarmAnswer.DONE;
  }

  /** Looks after it no more, until it is enabled. What it was is forgotten. */
  public synchronized AlarmAnswer disable(String user, Instant now) {
    if (!state.enabled()) {
      return AlarmAnswer.DISABLED;
    }
    causes.clear();
    seen = Set.of();
    occurrence++;
    act(
        AlarmChange.What.DISABLED,
        s ->
            s.withEnabled(false)
                .withActive(false, null, "Disabled by " + user + ".")
                .withAcknowledged(true, true),
        null,
        user,
        now);
    return AlarmAnswer.DONE;
  }

  /** What follows from the causes that count. */
  private void judge(Instant now) {
    List<Cause> counting = causes.counting();
    if (counting.isEmpty() && seen.isEmpty()) {
      return;
    }
    Set<String> names = counting.stream().map(Cause::name).collect(Collectors.toSet());
    if (names.equals(seen)) {
      return;
    }
    boolean worse = !seen.containsAll(names);
    seen = new HashSet<>(names);
    if (worse) {
      // Something has come that nobody has seen yet.
      occurrence++;
      state = state.withAcknowledged(false, true);
    }
    Cause worst = counting.stream().max(GRAVITY).orElse(null);
    if (worst == null) {
      state = state.withActive(false, null, "Back to normal.");
      return;
    }
    LimitLevel level =
        spec.kind() == AlarmKind.EXCLUSIVE_LIMIT ? LimitLevel.valueOf(worst.name()) : null;
    String message =
        level != null
            ? worst.text()
            : counting.stream().map(Cause::text).collect(Collectors.joining(" "));
    state = state.withActive(true, level, message).withSeverity(worst.severity(), now);
  }

  private AlarmAnswer refusal(@Nullable UUID event) {
    if (!state.enabled()) {
      return AlarmAnswer.DISABLED;
    }
    boolean known =
        event == null
            || told.stream().anyMatch(t -> t.event().equals(event) && t.occurrence() == occurrence);
    return known ? AlarmAnswer.DONE : AlarmAnswer.EVENT_UNKNOWN;
  }

  private void act(
      AlarmChange.What what,
      UnaryOperator<AlarmState> change,
      @Nullable String comment,
      String user,
      Instant now) {
    AlarmState before = state;
    String text = comment == null ? before.note().text() : comment;
    state = change.apply(before).withNote(new AlarmState.Note(text, user, now));
    tell(before, what, now);
  }

  private void tell(AlarmState before, AlarmChange.What what, Instant now) {
    UUID event = UUID.randomUUID();
    state = state.told(event, now);
    told.addLast(new Told(event, occurrence));
    if (told.size() > REMEMBERED) {
      told.removeFirst();
    }
    listener.accept(new AlarmChange(this, before, state, what));
  }
}
