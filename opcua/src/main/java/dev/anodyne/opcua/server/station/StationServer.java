package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.history.HistoryStore;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventRouter;
import dev.anodyne.opcua.server.event.ServerEvents;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
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

  private final SecureServer server;
  private final StationPublisher publisher;
  private final TypesNamespace types;
  private final StationNamespace namespace;
  private final Alarms alarms;
  private final ScheduledExecutorService thread;

  private StationServer(SecureServer server, Parts parts, ScheduledExecutorService thread) {
    this.server = server;
    this.types = parts.types();
    this.namespace = parts.namespace();
    this.publisher = parts.publisher();
    this.alarms = parts.alarms();
    this.thread = thread;
  }

  /** What is made for a server before it listens. */
  private record Parts(
      TypesNamespace types,
      StationNamespace namespace,
      StationPublisher publisher,
      Alarms alarms) {}

  /** The time of day, and the clock by which snapshots grow old. */
  private record Clocks(Clock utc, NanoClock age) {}

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
    return start(
        config, layout, commands, authorization, history, clock, AlarmSettings.USUAL);
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
    Setup setup = new Setup(layout, commands, authorization, history, alarms);
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
    Setup setup =
        new Setup(layout, commands, authorization, history, AlarmSettings.USUAL);
    return start(config, setup, clock, age);
  }

  /** What a station is made of. */
  record Setup(
      StationLayout layout,
      StationCommands commands,
      Authorization authorization,
      HistoryStore history,
      AlarmSettings alarms) {}

  static StationServer start(
      SecureServerConfig config, Setup setup, Clock clock, NanoClock age) {
    SecureServer server = new SecureServer(config);
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "station-opcua");
              made.setDaemon(true);
              return made;
            });
    try {
      DiNamespace di = server.add(DiNamespace::new);
      TypesNamespace types = server.add(s -> new TypesNamespace(s, di));
      Parts parts = parts(server, setup, types, thread, new Clocks(clock, age));
      server.start();
      StationServer station = new StationServer(server, parts, thread);
      station.watch();
      return station;
    } catch (RuntimeException e) {
      thread.shutdownNow();
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

  /** The alarms of the station and its chargers. */
  public Alarms alarms() {
    return alarms;
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

  private static Parts parts(
      SecureServer server,
      Setup setup,
      TypesNamespace types,
      ScheduledExecutorService thread,
      Clocks clocks) {
    Supplier<X509Certificate> certificate = server.pki()::certificate;
    StationAlarms alarms =
        new StationAlarms(
            setup.layout(), setup.alarms(), () -> certificate.get().getNotAfter().toInstant());
    StationCalls calls = new StationCalls(setup.commands(), setup.authorization());
    ConditionMethods methods = new ConditionMethods(alarms.all(), calls, clocks.utc());
    calls.follow(methods::followed);
    EventRouter router = new EventRouter();
    var alarmParts = new StationNamespace.AlarmParts(alarms.all(), methods, router);
    StationNamespace namespace =
        server.add(s -> started(s, types, setup, calls, alarmParts));
    ConditionRefresh refresh =
        new ConditionRefresh(
            alarms.all(),
            namespace.conditions(),
            new EventMaker(namespace.getNodeContext()),
            thread,
            clocks.utc());
    var unused = server.add(s -> new ServerEvents(s, router, refresh::call));
    alarms.all().listen(new AlarmEvents(namespace.conditions(), router, certificate));
    StationPublisher publisher =
        new StationPublisher(
            setup.layout(),
            namespace,
            types.getNamespaceIndex(),
            setup.history(),
            alarms,
            clocks.utc(),
            clocks.age());
    return new Parts(types, namespace, publisher, alarms.all());
  }

  private static StationNamespace started(
      OpcUaServer server,
      TypesNamespace types,
      Setup setup,
      StationCalls calls,
      StationNamespace.AlarmParts alarms) {
    var unused = server.updateDataTypeTree();
    HistoryCapabilities.declare(server);
    return new StationNamespace(
        server, types, setup.layout(), calls, setup.history(), alarms);
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
