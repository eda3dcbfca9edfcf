package dev.anodyne.opcua.server.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All alarms of a station. Owners and their alarms may come and go while others are looked at.
 * Thread-safe.
 */
public final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final Map<String, Alarm> alarms = new LinkedHashMap<>();
  private final List<Consumer<AlarmChange>> listeners = new CopyOnWriteArrayList<>();

  /** Adds an alarm of an owner. */
  public Alarm add(String owner, AlarmSpec spec) {
    Alarm alarm = new Alarm(owner, spec, this::tell);
    synchronized (alarms) {
      if (alarms.putIfAbsent(alarm.id(), alarm) != null) {
        throw new IllegalArgumentException("Alarm '" + alarm.id() + "' is there twice.");
      }
    }
    return alarm;
  }

  /** Takes away all alarms of an owner that is no more; nobody is told. */
  public void remove(String owner) {
    synchronized (alarms) {
      alarms.values().removeIf(alarm -> alarm.owner().equals(owner));
    }
  }

  /**
   * Tells somebody more every change from now on, under the alarm's lock: quick, and never by
   * blocking.
   */
  public void listen(Consumer<AlarmChange> newListener) {
    listeners.add(newListener);
  }

  /** All there are now, in the order in which they were added. */
  public Collection<Alarm> all() {
    synchronized (alarms) {
      return List.copyOf(alarms.values());
    }
  }

  /** The alarm with an id; null when there is none. */
  public @Nullable Alarm alarm(String id) {
    synchronized (alarms) {
      return alarms.get(id);
    }
  }

  /** Those that are of interest now, the gravest first. */
  public List<Alarm> retained() {
    List<Alarm> retained = new ArrayList<>();
    for (Alarm alarm : all()) {
      if (alarm.state().retain()) {
        retained.add(alarm);
      }
    }
    retained.sort(Comparator.comparingInt((Alarm a) -> -a.state().severity()));
    return retained;
  }

  /**
   * Takes in what is seen of an alarm's source; one thread for each alarm.
   *
   * @param look sees it; is told which causes count until now, by name
   * @param now UTC
   * @param nanos the same instant by a monotonic clock, ns
   */
  public void observe(
      Alarm alarm, Function<Predicate<String>, Observation> look, Instant now, long nanos) {
    alarm.observe(look, now, nanos);
  }

  /**
   * The faults and stops of an owner that nobody has acknowledged: as long as there are any, the
   * owner's fault is not acknowledged.
   */
  public List<Alarm> unacknowledgedFaults(String owner) {
    return faults(owner, alarm -> !alarm.state().acknowledged());
  }

  /**
   * Acknowledges all faults and stops of an owner.
   *
   * @return how many there were
   */
  public int acknowledgeFaults(String owner, @Nullable String comment, String user, Instant now) {
    int count = 0;
    for (Alarm alarm : unacknowledgedFaults(owner)) {
      count += alarm.acknowledge(null, comment, user, now) == AlarmAnswer.DONE ? 1 : 0;
    }
    return count;
  }

  /** Confirms all faults and stops of an owner that are acknowledged: they have been dealt with. */
  public void confirmFaults(String owner, String user, Instant now) {
    for (Alarm alarm : faults(owner, a -> !a.state().confirmed())) {
      var unused = alarm.confirm(null, null, user, now);
    }
  }

  private List<Alarm> faults(String owner, Predicate<Alarm> which) {
    return all().stream()
        .filter(a -> a.owner().equals(owner) && a.spec().fault() && which.test(a))
        .toList();
  }

  /** A listener that fails must not disturb whoever reports or acknowledges. */
  private void tell(AlarmChange change) {
    for (Consumer<AlarmChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.error("{}: its change is not shown.", change.alarm().id(), e);
      }
    }
  }
}
