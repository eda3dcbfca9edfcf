package dev.anodyne.controller.config;

import java.nio.file.Path;

/**
 * Where a station keeps what happens, and for how long.
 *
 * @param target the database
 * @param retention how long things are kept
 * @param spool where data waits while the database cannot take it
 */
public record StorageConfig(Target target, Retention retention, Spool spool) {
  /** A database. */
  public sealed interface Target {
    /** What people call it: no password in it. */
    String shown();
  }

  /** An embedded SQLite database. */
  public record SqliteFile(Path file) implements Target {
    @Override
    public String shown() {
      return file.toString();
    }
  }

  /**
   * A PostgreSQL server's database.
   *
   * @param url such as {@code jdbc:postgresql://host:5432/anodyne}
   * @param user who logs in
   * @param password for it; empty for none
   */
  public record PostgreSql(String url, String user, String password) implements Target {
    @Override
    public String shown() {
      return url + " as " + user;
    }

    /** Without the password. */
    @Override
    public String toString() {
      return shown();
    }
  }

  /**
   * How long things are kept, days; 0 means for ever.
   *
   * @param fullRateDays telemetry as it was told; afterwards one row a minute with lowest, mean and
   *     highest
   * @param telemetryDays telemetry in any form
   * @param sessionsDays charges with their figures and changes of state
   * @param auditDays who did what
   * @param alarmsDays what happened to alarms
   * @param historyDays values of OPC UA variables
   */
  public record Retention(
      int fullRateDays,
      int telemetryDays,
      int sessionsDays,
      int auditDays,
      int alarmsDays,
      int historyDays) {
    /** What is kept unless configured otherwise. */
    public static final Retention USUAL = new Retention(30, 365, 3650, 365, 365, 30);
  }

  /**
   * Where data waits while the database cannot take it.
   *
   * @param folder made when it is needed
   * @param mostBytes of all its files
   */
  public record Spool(Path folder, long mostBytes) {
    /** Megabytes unless configured otherwise. */
    public static final int MEGABYTES = 500;
  }
}
