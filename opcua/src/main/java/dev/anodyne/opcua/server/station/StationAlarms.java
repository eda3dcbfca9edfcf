package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.Alarms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The alarms of a station and its chargers, seen in what is published. One thread looks; operators
 * may act on any.
 */
final class StationAlarms {
  private final AlarmSettings settings;
  private final Supplier<Instant> certificateEnds;
  private final Alarms alarms = new Alarms();
  private final Map<String, List<Watched<AlarmModel.Sight>>> chargers = new ConcurrentHashMap<>();
  private final List<Watched<StationAlarmModel.Sight>> station;

  /** An alarm that is looked after. */
  private record Watched<S>(Alarm alarm, AlarmWatch.Look<S> look) {}

  /**
   * Alarms of a station.
   *
   * @param certificateEnds when the server's certificate ends, UTC
   */
  StationAlarms(StationLayout layout, AlarmSettings settings, Supplier<Instant> certificateEnds) {
    this.settings = settings;
    this.certificateEnds = certificateEnds;
    station = add(StationLayout.STATION_ID, StationAlarmModel.STATION);
    for (StationLayout.Bay bay : layout.chargers()) {
      add(bay.id());
    }
  }

  /** Begins to look after a charger. */
  void add(String charger) {
    chargers.put(charger, add(charger, AlarmModel.CHARGER));
  }

  /** Looks after a charger no more. */
  void remove(String charger) {
    chargers.remove(charger);
    alarms.remove(charger);
  }

  Alarms all() {
    return alarms;
  }

  /**
   * Looks at a charger.
   *
   * @param now UTC
   * @param nanos the same instant by a monotonic clock, ns
   */
  void look(ChargerView view, Freshness freshness, Instant now, long nanos) {
    AlarmModel.Sight sight = new AlarmModel.Sight(view, freshness);
    look(chargers.getOrDefault(view.bay().id(), List.of()), sight, now, nanos);
  }

  /** Looks at the station; as above. */
  void look(StationView view, Instant now, long nanos) {
    look(station, new StationAlarmModel.Sight(view, certificateEnds.get(), now), now, nanos);
  }

  private <S> void look(List<Watched<S>> watched, S sight, Instant now, long nanos) {
    for (Watched<S> one : watched) {
      alarms.observe(
          one.alarm(), counts -> one.look().at(sight, one.alarm().spec(), counts), now, nanos);
    }
  }

  private <S> List<Watched<S>> add(String owner, List<AlarmWatch<S>> model) {
    List<Watched<S>> watched = new ArrayList<>();
    for (AlarmWatch<S> watch : model) {
      watched.add(new Watched<>(alarms.add(owner, settings.apply(watch.spec())), watch.look()));
    }
    return watched;
  }
}
