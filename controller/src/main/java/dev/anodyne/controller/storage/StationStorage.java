package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.storage.spool.Spool;
import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.time.Clock;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A station's storage while it runs. What is told to it is written by a thread of its own; nothing
 * but {@link #awaitFirstTry}, {@link #store}'s questions and {@link #close} ever waits. The charge
 * goes on whatever becomes of the database.
 */
public final class StationStorage implements AutoCloseable {
  /** What may wait in memory: 160 s of a thousand connectors. */
  private static final long INBOX_BYTES = 64_000_000;

  private final Database database;
  private final Inbox inbox;
  private final DatabaseGate gate;
  private final WriterStatus status;
  private final StorageWriter writer;
  private final StationStore store;

  private StationStorage(StorageConfig config, Options options) {
    database = new Database(config.target(), options.connection());
    inbox = new Inbox(options.inboxBytes());
    gate = new DatabaseGate(database);
    Spool spool =
        new Spool(config.spool().folder(), config.spool().mostBytes(), EntryCodec::thinned);
    status = new WriterStatus(gate, inbox, spool, config.spool().mostBytes(), options.clock());
    writer =
        new StorageWriter(
            inbox, spool, gate, status, new Retention(config.retention(), options.clock()));
    store = new StationStore(database);
  }

  /**
   * What tests change.
   *
   * @param connection more properties of the database's connections
   * @param inboxBytes what may wait in memory
   * @param clock tells how old things are
   */
  record Options(Properties connection, long inboxBytes, Clock clock) {
    static final Options USUAL = new Options(new Properties(), INBOX_BYTES, Clock.systemUTC());
  }

  /**
   * Begins to keep what is told. Returns at once: the database is opened by the writer's thread.
   */
  public static StationStorage start(StorageConfig config) {
    return start(config, Options.USUAL);
  }

  static StationStorage start(StorageConfig config, Options options) {
    StationStorage storage = new StationStorage(config, options);
    storage.writer.start();
    return storage;
  }

  /**
   * Waits until it is known whether the database can be used. One that cannot be reached is no
   * reason not to charge: data waits for it.
   *
   * @param millis how long at most
   * @throws NewerSchemaException when a newer release has written it
   */
  public void awaitFirstTry(long millis) {
    try {
      if (gate.awaitFirstTry(millis) instanceof NewerSchemaException newer) {
        throw newer;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Hears the sessions of a connector.
   *
   * @param estimator name of the estimator; null when it is not known
   */
  public ReportListener listener(String connectorId, @Nullable String estimator) {
    return new ReportTap(connectorId, estimator, this::keep);
  }

  /** Keeps a telemetry sample that comes from elsewhere than a session, such as a benchmark. */
  public void tell(Sample sample) {
    keep(sample);
  }

  /** Keeps what somebody did. */
  public void tell(AuditRow row) {
    keep(new Entry.Audited(row));
  }

  /** Keeps what has happened to an alarm. */
  public void tell(AlarmRow row) {
    keep(new Entry.AlarmTold(row));
  }

  /**
   * Keeps what was learned about a battery.
   *
   * @param record as its file says it
   */
  public void tellBattery(String batteryId, String cell, String layout, String record) {
    keep(
        new Entry.BatteryTold(
            batteryId, cell, layout, Micros.of(Clock.systemUTC().instant()), record));
  }

  /**
   * Keeps the history of OPC UA variables.
   *
   * @param pointsPerVariable how many values of a variable are also at hand in memory
   */
  public HistoryStore history(int pointsPerVariable) {
    return new DatabaseHistory(pointsPerVariable, store, this::keep);
  }

  /** Keeps what clients do, over OPC UA or HTTP. */
  public AuditTrail audit() {
    return new KeptAudit(this::keep);
  }

  /** Keeps what happens to alarms. */
  public Consumer<AlarmChange> alarms() {
    return new KeptAlarms(this::keep);
  }

  /** Answers questions about what is kept. */
  public StationStore store() {
    return store;
  }

  /** How the storage fares; at once. */
  public StoreStatus status() {
    return status.status();
  }

  /** Tells somebody of every change of {@link StoreStatus#state}; it must not block. */
  public void listen(Consumer<StoreStatus> listener) {
    status.listen(listener);
  }

  /** A change of state does not wait for the samples that follow: a kill must not lose both. */
  private void keep(Entry entry) {
    inbox.offer(entry);
    if (entry instanceof Entry.StateChanged || entry instanceof Entry.ChargeEnded) {
      writer.hurry();
    }
  }

  /** Entries that wait for the writer, for tests and history. */
  Inbox inbox() {
    return inbox;
  }

  /** The database, for history and export. */
  Database database() {
    return database;
  }

  /** Writes what waits, for a few seconds at most, and closes the database. */
  @Override
  public void close() {
    writer.close();
    database.close();
  }
}
