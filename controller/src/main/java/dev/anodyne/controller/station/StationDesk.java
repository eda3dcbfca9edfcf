package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmAnswer;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.station.AlarmDesk;
import dev.anodyne.opcua.server.station.AlarmEngine;
import dev.anodyne.opcua.server.station.AlarmSettings;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.Nameplate;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where operators of a station give their commands and see its alarms, whichever way they come. The
 * alarms exist with and without an OPC UA server: with one they are its own, without one an engine
 * looks at what the sessions tell.
 */
public final class StationDesk implements ConnectorListener, AutoCloseable {
  private final StationControl control;
  private final AuditBook audit;
  private final Clock clock;
  private final @Nullable AlarmEngine engine;
  private volatile @Nullable Alarms alarms;
  private volatile @Nullable AlarmDesk desk;
  private volatile @Nullable StationNotices notices;

  /**
   * A desk.
   *
   * @param settings of the alarms, where no OPC UA server has them; null: one will, see {@link
   *     #opcua}
   */
  public StationDesk(
      StationControl control, AuditBook audit, @Nullable AlarmSettings settings, Clock clock) {
    this.control = control;
    this.audit = audit;
    this.clock = clock;
    this.engine = settings == null ? null : new AlarmEngine(settings, clock);
    if (engine != null) {
      use(engine.alarms());
    }
  }

  /** The station's OPC UA server has started: its alarms are the station's. */
  public void opcua(StationOpcUa server) {
    use(server.alarms());
  }

  private void use(Alarms all) {
    alarms = all;
    desk = new AlarmDesk(all, clock);
    notices = new StationNotices(all, clock);
  }

  /** Carries out commands; OPC UA uses it too. */
  public StationControl control() {
    return control;
  }

  /** Notes who did what. */
  public AuditBook audit() {
    return audit;
  }

  /** The alarms; null until the OPC UA server that has them has started. */
  public @Nullable Alarms alarms() {
    return alarms;
  }

  /** Carries out a command, with what follows for the alarms. */
  public CompletionStage<CommandAnswer> execute(StationCommand command, Caller caller) {
    return followed(command, caller, control.execute(command, caller));
  }

  /**
   * Reaches the connectors of other nodes of a cluster, too, from now on.
   *
   * @param known all connectors of the station, whoever drives them
   */
  public StationPeers join(Vertx vertx, Supplier<Set<String>> known) {
    return control.join(
        vertx,
        known,
        (command, caller) -> followed(command, caller, control.executeHere(command, caller)));
  }

  private CompletionStage<CommandAnswer> followed(
      StationCommand command, Caller caller, CompletionStage<CommandAnswer> answer) {
    AlarmDesk following = desk;
    return following == null
        ? answer
        : answer.thenApply(told -> following.followed(command, caller.user(), told));
  }

  /**
   * Somebody has seen an alarm.
   *
   * @return null when there is no such alarm
   */
  public @Nullable AlarmAnswer acknowledge(String id, @Nullable String comment, Caller caller) {
    Alarms all = alarms;
    AlarmDesk following = desk;
    Alarm alarm = all == null ? null : all.alarm(id);
    if (alarm == null || following == null) {
      return null;
    }
    return following.acknowledge(
        alarm,
        null,
        comment,
        caller.user(),
        command -> {
          var unused = control.execute(command, caller);
        });
  }

  /** What is wrong with the station itself; null until there are alarms. */
  public @Nullable StationNotices notices() {
    return notices;
  }

  @Override
  public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
    AlarmEngine looking = engine;
    if (looking != null) {
      looking.add(
          new StationLayout.Bay(
              connector.id(),
              Nameplate.named(connector.title()),
              connector.layout() + " of " + connector.cell().name(),
              connector.estimator(),
              StationLayout.MOST_WATTS,
              connector.targetSoc()));
      supervision.listen(looking::publish);
      control.share();
    }
  }

  @Override
  public void removed(String id) {
    AlarmEngine looking = engine;
    if (looking != null) {
      looking.remove(id);
      control.share();
    }
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
    audit.close();
  }
}
