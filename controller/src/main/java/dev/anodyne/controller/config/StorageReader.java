package dev.anodyne.controller.config;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import dev.anodyne.controller.config.StorageConfig.Retention;
import dev.anodyne.controller.config.StorageConfig.Spool;
import dev.anodyne.controller.config.StorageConfig.SqliteFile;
import dev.anodyne.controller.config.StorageConfig.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code storage:} of a station's file. Without it the station keeps its data in an SQLite
 * database beside the file, named like it.
 */
final class StorageReader {
  private static final String KEY = "storage";
  private static final int MOST_DAYS = 36_500;
  private static final String PREFIX = "jdbc:postgresql:";

  private final YamlFile file;

  StorageReader(YamlFile file) {
    this.file = file;
  }

  /** What the file says; null when it says {@code storage: off}. */
  @Nullable StorageConfig read() {
    YamlMap whole = file.asMap();
    if (!whole.has(KEY)) {
      return new StorageConfig(
          new SqliteFile(file.besides(".db")), Retention.USUAL, spool(Optional.empty()));
    }
    if (whole.isOff(KEY)) {
      return null;
    }
    YamlMap map =
        whole
            .map(KEY)
            .orElseThrow(() -> whole.missing(KEY, "off, or file, postgresql, retention, spool"));
    map.only(List.of("file", "postgresql", "retention", "spool"));
    return new StorageConfig(target(map), retention(map), spool(map.map("spool")));
  }

  private Target target(YamlMap map) {
    Optional<YamlMap> server = map.map("postgresql");
    String allowedFile = "a file (it is made when it is not there)";
    Optional<String> name = map.text("file", allowedFile);
    if (server.isPresent()) {
      if (name.isPresent()) {
        throw map.refuse("file", name.get(), "file or postgresql, not both", null);
      }
      return postgresql(server.get());
    }
    Path path = name.map(file::resolve).orElse(file.besides(".db"));
    if (Files.isDirectory(path)) {
      throw map.refuse("file", path, "a file, not a folder", null);
    }
    return new SqliteFile(path);
  }

  private PostgreSql postgresql(YamlMap map) {
    map.only(List.of("url", "user", "password", "passwordFile"));
    String allowed = PREFIX + "//HOST:PORT/DATABASE";
    String url = map.text("url", allowed).orElseThrow(() -> map.missing("url", allowed));
    if (!url.startsWith(PREFIX)) {
      String near = url.startsWith("postgres") ? "jdbc:" + url : null;
      throw map.refuse("url", url, allowed, near);
    }
    if (url.contains("password=")) {
      throw map.refuse("url", PREFIX + "…password=…", "a url without a password", "passwordFile");
    }
    String user =
        map.text("user", "who logs in").orElseThrow(() -> map.missing("user", "who logs in"));
    return new PostgreSql(url, user, password(map));
  }

  private String password(YamlMap map) {
    Optional<String> written = map.text("password", "a password");
    Optional<String> name = map.text("passwordFile", "a file with the password alone");
    if (written.isPresent() && name.isPresent()) {
      throw map.refuse("passwordFile", name.get(), "password or passwordFile, not both", null);
    }
    if (name.isEmpty()) {
      return written.orElse("");
    }
    try {
      return Files.readString(file.resolve(name.get())).strip();
    } catch (IOException e) {
      throw map.refuse("passwordFile", name.get(), "a file that can be read", null);
    }
  }

  private static Retention retention(YamlMap storage) {
    Optional<YamlMap> written = storage.map("retention");
    if (written.isEmpty()) {
      return Retention.USUAL;
    }
    YamlMap map = written.get();
    map.only(
        List.of(
            "fullRateDays",
            "telemetryDays",
            "sessionsDays",
            "auditDays",
            "alarmsDays",
            "historyDays"));
    Retention usual = Retention.USUAL;
    Retention kept =
        new Retention(
            days(map, "fullRateDays", usual.fullRateDays()),
            days(map, "telemetryDays", usual.telemetryDays()),
            days(map, "sessionsDays", usual.sessionsDays()),
            days(map, "auditDays", usual.auditDays()),
            days(map, "alarmsDays", usual.alarmsDays()),
            days(map, "historyDays", usual.historyDays()));
    if (kept.sessionsDays() != 0
        && (kept.telemetryDays() == 0 || kept.telemetryDays() > kept.sessionsDays())) {
      throw map.refuse(
          map.has("telemetryDays") ? "telemetryDays" : "sessionsDays",
          map.has("telemetryDays") ? kept.telemetryDays() : kept.sessionsDays(),
          "telemetry no longer than its charges: telemetryDays ("
              + kept.telemetryDays()
              + ") at most sessionsDays ("
              + kept.sessionsDays()
              + "), 0 being for ever",
          null);
    }
    return kept;
  }

  private static int days(YamlMap map, String name, int usual) {
    return (int) map.whole(name, 0, MOST_DAYS).orElse(usual);
  }

  private Spool spool(Optional<YamlMap> written) {
    if (written.isEmpty()) {
      return new Spool(file.besides("-spool"), Spool.MEGABYTES * 1_000_000L);
    }
    YamlMap map = written.get();
    map.only(List.of("folder", "megabytes"));
    Path folder =
        map.text("folder", "a folder (it is made when it is needed)")
            .map(file::resolve)
            .orElse(file.besides("-spool"));
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw map.refuse("folder", folder, "a folder (it is made when it is needed)", null);
    }
    double megabytes = map.number("megabytes", 1, 1_000_000).orElse(Spool.MEGABYTES);
    return new Spool(folder, Math.round(megabytes * 1e6));
  }
}
