package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a station changes about its alarms; what it does not name stays as in the table of alarms.
 *
 * @param tunings by the alarm's name, for example {@code LinkLost}
 */
public record AlarmSettings(Map<String, Tuning> tunings) {
  /** All as in the table. */
  public static final AlarmSettings USUAL = new AlarmSettings(Map.of());

  /**
   * What is changed about one alarm; null leaves it as it is.
   *
   * @param severity 1 to 1000
   * @param onDelay how long a cause must last
   * @param offDelay how long it must be gone
   */
  public record Tuning(
      @Nullable Integer severity, @Nullable Duration onDelay, @Nullable Duration offDelay) {}

  public AlarmSettings {
    tunings = Map.copyOf(tunings);
    Map<String, AlarmSpec> specs = specs();
    tunings.forEach(
        (name, tuning) -> {
          AlarmSpec spec = specs.get(name);
          if (spec == null) {
            throw new IllegalArgumentException(
                "There is no alarm '" + name + "'; there are: " + String.join(", ", names()));
          }
          var unused = tuned(spec, tuning);
        });
  }

  /** The names of all alarms. */
  public static Set<String> names() {
    return new TreeSet<>(specs().keySet());
  }

  /** An alarm as this station wants it. */
  AlarmSpec apply(AlarmSpec spec) {
    Tuning tuning = tunings.get(spec.name());
    return tuning == null ? spec : tuned(spec, tuning);
  }

  private static AlarmSpec tuned(AlarmSpec spec, Tuning tuning) {
    Integer severity = tuning.severity();
    Duration on = tuning.onDelay();
    Duration off = tuning.offDelay();
    return spec.tuned(
        severity == null ? spec.severity() : severity,
        on == null ? spec.onDelay() : on,
        off == null ? spec.offDelay() : off);
  }

  private static Map<String, AlarmSpec> specs() {
    Map<String, AlarmSpec> specs = new LinkedHashMap<>();
    AlarmModel.CHARGER.forEach(alarm -> specs.put(alarm.spec().name(), alarm.spec()));
    StationAlarmModel.STATION.forEach(alarm -> specs.put(alarm.spec().name(), alarm.spec()));
    return specs;
  }
}
