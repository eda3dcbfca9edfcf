package dev.anodyne.controller.lab;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.RecordingStore;
import dev.anodyne.controller.app.SessionFactory;
import dev.anodyne.controller.app.SessionSetup;
import dev.anodyne.controller.app.StartException;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main job in one process, on real parts: a simulated pack with cell spread behind an OPC UA
 * charger, and a controller with its dashboard that finds the charger over OPC UA and charges it.
 */
public final class Demo implements AutoCloseable {
  /** Above this speed the plant waits for each period's command. */
  public static final double FASTEST_BY_CLOCK = 10;

  private static final String SESSION = "demo";

  /** Without a word from the session for this long something is broken. */
  private static final long SILENCE_NANOS = 60_000_000_000L;

  /** How long the session may take to take in that it is over. */
  private static final int STOP_POLLS = 50;

  private static final long POLL_MILLIS = 100;

  private final ChargeSetup setup;
  private final DemoTruth truth;
  private final DemoCharger charger;
  private final AnodyneServer server;
  private final DemoRecords records;
  private final RunRecorder recorder;
  private boolean closed;

  private Demo(
      ChargeSetup setup,
      DemoTruth truth,
      DemoCharger charger,
      AnodyneServer server,
      DemoRecords records,
      RunRecorder recorder) {
    this.setup = setup;
    this.truth = truth;
    this.charger = charger;
    this.server = server;
    this.records = records;
    this.recorder = recorder;
  }

  /** The demo's plant: nominal cells with production spread and sensor noise from the seed. */
  public static PlantConfig plant(ChargeSetup setup) {
    return PlantChoice.nominal(setup).withSpread(CellSpread.PRODUCTION);
  }

  /**
   * Starts bench, controller and dashboard; the charge begins at once.
   *
   * @param setup what the controller knows
   * @param plant what is true
   * @param speed plant seconds a second of the wall clock
   * @param port of the dashboard; 0 takes a free one
   */
  public static Demo start(ChargeSetup setup, PlantConfig plant, double speed, int port)
      throws IOException {
    return start(setup, plant, speed, port, null);
  }

  /**
   * The same, recorded.
   *
   * @param recording the file that the charge can be replayed from; null: none
   */
  public static Demo start(
      ChargeSetup setup, PlantConfig plant, double speed, int port, @Nullable Path recording)
      throws IOException {
    boolean byClock = speed <= FASTEST_BY_CLOCK;
    RunRecorder recorder = new RunRecorder(setup.layout());
    SimulatedPack pack = new SimulatedPack(plant);
    DemoTruth truth =
        new DemoTruth(recorder, setup.toSoc(), byClock ? Double.POSITIVE_INFINITY : speed);
    truth.accept(pack.plant().truth());
    pack.addTruthListener(truth);
    Pacing pacing = byClock ? Pacing.byClock(speed) : Pacing.lockstep(setup.periodSeconds());
    DemoCharger charger = DemoCharger.start(pack, pacing);
    try {
      ConnectorConfig connector = connector(setup, charger.config());
      RecordingStore store = recording == null ? null : RecordingStore.file(recording);
      SessionSetup session =
          byClock ? SessionFactory.realTime(connector, speed) : SessionFactory.lockstep(connector);
      AnodyneServer server =
          AnodyneServer.start(
              HttpSettings.loopback(port),
              List.of(session.withGoalSoc(setup.toSoc()).withRecordings(store)));
      DemoRecords records =
          new DemoRecords(server.eventBus(), SESSION, setup.layout(), truth, recorder, !byClock);
      return new Demo(setup, truth, charger, server, records, recorder);
    } catch (StartException e) {
      charger.close();
      // A port that was free a moment ago; anything else is a bug.
      if (e.getCause() instanceof BindException) {
        throw new InputException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    } catch (RuntimeException e) {
      charger.close();
      throw e;
    }
  }

  /** The connector as a station's file would describe it. */
  private static ConnectorConfig connector(ChargeSetup setup, OpcUaChargerConfig charger) {
    return new ConnectorConfig(
        SESSION,
        "Demo: simulated " + setup.layout() + " pack",
        charger,
        setup.cell(),
        setup.layout(),
        setup.policy(),
        setup.estimator(),
        setup.fromSoc(),
        ClosedLoopRun.sessionTarget(setup),
        setup.maxVoltageVolts(),
        setup.maxTemperatureKelvin(),
        setup.maxCellCurrentAmps(),
        0.0,
        setup.ambientKelvin(),
        setup.periodSeconds(),
        new ConnectorConfig.GuardConfig(
            GuardSettings.DEFAULT_STALENESS_NANOS * 1e-9,
            GuardSettings.DEFAULT_FROZEN_NANOS * 1e-9,
            Double.POSITIVE_INFINITY));
  }

  /**
   * Changes the speed of a demo that was started faster than {@link #FASTEST_BY_CLOCK}.
   *
   * @param speed plant seconds a second of the wall clock at most
   * @throws IllegalStateException if the plant runs by the clock: its speed is fixed
   */
  public void setSpeed(double speed) {
    if (!truth.isBraked()) {
      throw new IllegalStateException("The plant runs by the clock; its speed is fixed.");
    }
    truth.setSpeed(speed);
  }

  /** Where the dashboard is. */
  public String dashboardUrl() {
    return server.url();
  }

  /** Where the charger listens. */
  public String chargerUrl() {
    return charger.url();
  }

  /**
   * Waits for the end of the charge: target reached, session over, or nothing gained any more.
   *
   * @param progress hears about the true state of charge
   */
  public RunResult awaitCharge(Progress progress) throws InterruptedException {
    Stall stall = new Stall();
    while (!truth.isAtTarget() && !records.isOver() && !stall.isHopeless(truth.newest())) {
      Thread.sleep(POLL_MILLIS);
      ClosedLoopRun.tell(progress, setup, truth.newest());
      if (System.nanoTime() - records.lastNanos() > SILENCE_NANOS) {
        throw new IllegalStateException(
            "The session has been silent for " + SILENCE_NANOS / 1_000_000_000L + " s.");
      }
    }
    stopSession();
    synchronized (recorder) {
      return recorder.finish(
          RunRecorder.Names.of(
              setup.policy().equals("mpc") ? "MPC" : setup.policy(), setup, setup.seed()),
          truth.isAtTarget(),
          setup.limits(),
          records.deadlineMisses());
    }
  }

  private void stopSession() throws InterruptedException {
    String reason =
        truth.isAtTarget()
            ? "The battery is at " + Results.percent(setup.toSoc()) + "."
            : "The charge has ended.";
    var unused =
        server
            .eventBus()
            .request(
                Addresses.control(SESSION),
                new JsonObject().put("action", "stop").put("reason", reason));
    for (int i = 0; i < STOP_POLLS && !records.isOver(); i++) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Shows the comparison on the dashboard; again when more is known. */
  public void publish(String status, List<RunResult> runs) {
    server.eventBus().publish(Addresses.DEMO_RESULT, DemoRecords.comparison(status, runs));
  }

  /** Charger to zero first, then session and dashboard, then the bench. Harmless to call twice. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    server.close();
    charger.close();
  }
}
