package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditQueue;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A station as SCADA systems see it. Snapshots come in on any thread and are taken up by a thread
 * of the server's own: whoever publishes never waits, and when snapshots come faster than they are
 * taken up, the newest of each charger counts.
 */
public final class StationServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StationServer.class);

  /** How often it is looked whether a loop has gone quiet, ms. */
  private static final long LOOK_MILLIS = 250;

  /** Snapshots of many chargers are taken up together, ms. */
  private static final long GATHER_MILLIS = 10;

  /** Audit events that may wait to be told; the log and the file have queues of their own. */
  private static final int MOST_AUDIT_EVENTS = 1000;

  private final SecureServer server;
  private final StationPublisher publisher;
  private final TypesNamespace types;
  private final StationNamespace namespace;
  private final StationAlarms alarms;
  private final ModelChanges changes;
  private final ScheduledExecutorService thread;
  private final AuditQueue audit;

  private StationServer(
      SecureServer server, StationParts parts, ScheduledExecutorService thread, AuditQueue audit) {
    this.audit = audit;
    this.server = server;
    this.types = parts.types();
    this.namespace = parts.namespace();
    this.publisher = parts.publisher();
    this.alarms = parts.alarms();
    this.changes = parts.changes();
    this.thread = thread;
  }

  /** Hands audit entries to what is made later than the server that makes them. */
  private static final class Relay implements AuditTrail {
    private volatile AuditTrail next = AuditTrail.NONE;

    @Override
    public void record(AuditEntry entry) {
      next.record(entry);
    }
  }

  /**
   * Makes the address space and begins to listen.
   *
   * @param config where it listens and whom it admits
   * @param layout which station it is
   * @param commands carries out what clients ask for
   * @param authorization says who may ask
   * @param history keeps values of the past
   * @param clock tells UTC
   * @throws dev.anodyne.opcua.server.PortInUseException when the port is taken
   */
  public static StationServer start(
      SecureServerConfig config,
      StationLayout layout,
      StationCommands commands,
      Authorization authorization,
      HistoryStore history,
      Clock clock) {
    return start(config, layout, commands, authorization, history, clock, AlarmSettings.USUAL);
  }

  /** The same with alarms that are tuned. */
  public static StationServer start(
      SecureServerConfig config,
      StationLayout layout,
      StationCommands commands,
      Authorization authorization,
      HistoryStore history,
      Clock clock,
      AlarmSettings alarms) {
    var setup = new StationParts.Setup(layout, commands, authorization, history, alarms);
    return start(config, setup, clock, NanoClock.SYSTEM);
  }

  /** The same with the clock by which snapshots grow old, which they must have been stamped by. */
  static StationServer start(
      SecureServerConfig config,
      StationLayout layout,
      StationCommands commands,
      Authorization authorization,
      HistoryStore history,
      Clock clock,
      NanoClock age) {
    var setup =
        new StationParts.Setup(layout, commands, authorization, history, AlarmSettings.USUAL);
    return start(config, setup, clock, age);
  }

  private static StationServer start(
      SecureServerConfig config, StationParts.Setup setup, Clock clock, NanoClock age) {
    Relay relay = new Relay();
    AuditQueue audit = new AuditQueue(relay, MOST_AUDIT_EVENTS);
    SecureServer server = new SecureServer(config.with(config.audit().and(audit)));
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "station-opcua");
              made.setDaemon(true);
              return made;
            });
    try {
      StationParts parts =
          StationParts.make(server, setup, thread, new StationParts.Clocks(clock, age));
      relay.next = parts.auditEvents();
      server.start();
      StationServer station = new StationServer(server, parts, thread, audit);
      station.watch();
      return station;
    } catch (RuntimeException e) {
      thread.shutdownNow();
      audit.close();
      close(server, e);
      throw e;
    }
  }

  /**
   * Takes in a charger's newest snapshot; returns at once. A snapshot of a charger that is not in
   * the layout is a bug; one that comes after the end is left out.
   */
  public void publish(ChargerSnapshot snapshot) {
    if (!publisher.offer(snapshot)) {
      return;
    }
    try {
      var unused = thread.schedule(this::takeUp, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: a snapshot of {} is left out.", snapshot.charger());
    }
  }

  /**
   * Adds a charger to the address space: its nodes, alarms and methods are there when this returns,
   * and clients that watch the Server's events are told to browse anew.
   *
   * @throws IllegalArgumentException when a charger of that id is there
   */
  public synchronized void add(StationLayout.Bay bay) {
    if (namespace.charger(bay.id()) != null) {
      throw new IllegalArgumentException(
          "Charger '" + bay.id() + "' is in the station already; ids must differ.");
    }
    alarms.add(bay.id());
    namespace.add(bay, alarms.all());
    publisher.add(bay);
    changes.told("Charger " + bay.id() + " has come; browse anew.");
  }

  /**
   * Takes a charger out of the address space. Items that watch one of its values are told {@code
   * Bad_NodeIdUnknown}, once. Nothing happens when it is not there.
   */
  public synchronized void remove(String charger) {
    if (namespace.charger(charger) == null) {
      return;
    }
    publisher.remove(charger);
    namespace.remove(charger);
    alarms.remove(charger);
    changes.told("Charger " + charger + " has gone; browse anew.");
  }

  /** The alarms of the station and its chargers. */
  public Alarms alarms() {
    return alarms.all();
  }

  /** What clients connect to. */
  public String endpointUrl() {
    return server.endpointUrl();
  }

  /** Cuts all connections; values are not taken in any more. */
  @Override
  public void close() {
    thread.shutdownNow();
    server.close();
    audit.close();
  }

  /** The server below. */
  SecureServer server() {
    return server;
  }

  StationNamespace namespace() {
    return namespace;
  }

  TypesNamespace types() {
    return types;
  }

  EncodingContext encodingContext() {
    return namespace.getNodeContext().getServer().getStaticEncodingContext();
  }

  /** Frees what a server that could not start has taken; why it could not is told in any case. */
  private static void close(SecureServer server, RuntimeException why) {
    try {
      server.close();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private void watch() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void takeUp() {
    guarded(publisher::takeUp);
  }

  private void look() {
    guarded(publisher::look);
  }

  /** A bug in one publication must not end all of them. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("Values could not be published.", e);
    }
  }
}
