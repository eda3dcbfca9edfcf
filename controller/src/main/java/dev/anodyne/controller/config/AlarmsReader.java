package dev.anodyne.controller.config;

import dev.anodyne.controller.config.OpcUaConfig.AuditConfig;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.station.AlarmSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a station changes about its alarms, and where its audit file is. */
final class AlarmsReader {
  private static final String ALARMS = "opcua.alarms";
  private static final String AUDIT = "opcua.audit";

  private final YamlFile file;

  AlarmsReader(YamlFile file) {
    this.file = file;
  }

  AlarmSettings alarms(@Nullable Map<String, StationYaml.@Nullable Alarm> written) {
    if (written == null) {
      return AlarmSettings.USUAL;
    }
    Set<String> names = AlarmSettings.names();
    Map<String, AlarmSettings.Tuning> tunings = new LinkedHashMap<>();
    written.forEach(
        (name, alarm) -> {
          String key = ALARMS + "." + name;
          if (!names.contains(name)) {
            throw file.wrong(key, name, String.join(", ", names), null, null);
          }
          if (alarm == null) {
            throw file.wrong(key, null, "severity, onDelaySeconds, offDelaySeconds", null, null);
          }
          Integer severity = alarm.severity();
          if (severity != null && (severity < 1 || severity > 1000)) {
            throw file.wrong(key + ".severity", severity, "1 to 1000", null, null);
          }
          tunings.put(
              name,
              new AlarmSettings.Tuning(
                  severity,
                  delay(key + ".onDelaySeconds", alarm.onDelaySeconds()),
                  delay(key + ".offDelaySeconds", alarm.offDelaySeconds())));
        });
    return new AlarmSettings(tunings);
  }

  @Nullable AuditConfig audit(StationYaml.@Nullable Audit written) {
    if (written == null) {
      return null;
    }
    String name = written.file();
    if (name == null || name.isBlank()) {
      throw file.wrong(AUDIT + ".file", name, "a file (its folder is made)", null, null);
    }
    Path path = file.resolve(name);
    if (Files.isDirectory(path)) {
      throw file.wrong(AUDIT + ".file", name, "a file, not a folder", null, null);
    }
    int megabytes = written.megabytes() == null ? AuditConfig.MEGABYTES : written.megabytes();
    int kept = written.kept() == null ? AuditConfig.KEPT : written.kept();
    if (megabytes < 1 || megabytes > 10_000) {
      throw file.wrong(AUDIT + ".megabytes", megabytes, "1 to 10000 MB", null, null);
    }
    if (kept < 0 || kept > 1000) {
      throw file.wrong(AUDIT + ".kept", kept, "0 to 1000 older files", null, null);
    }
    return new AuditConfig(path, megabytes * 1_000_000L, kept);
  }

  private @Nullable Duration delay(String key, @Nullable Double seconds) {
    if (seconds == null) {
      return null;
    }
    if (!(seconds >= 0 && seconds <= AlarmSpec.LONGEST_DELAY.toSeconds())) {
      throw file.wrong(
          key, seconds, "0 to " + AlarmSpec.LONGEST_DELAY.toSeconds() + " s", null, null);
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
