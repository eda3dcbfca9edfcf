package dev.anodyne.controller.lab;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.SessionSetup;
import dev.anodyne.controller.app.SessionSetup.Pace;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

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
  private final DemoPlant plant;
  private final DemoCharger charger;
  private final AnodyneServer server;
  private final DemoRecords records;
  private final RunRecorder recorder;
  private boolean closed;

  private Demo(
      ChargeSetup setup,
      DemoPlant plant,
      DemoCharger charger,
      AnodyneServer server,
      DemoRecords records,
      RunRecorder recorder) {
    this.setup = setup;
    this.plant = plant;
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
    boolean byClock = speed <= FASTEST_BY_CLOCK;
    RunRecorder recorder = new RunRecorder(setup.layout());
    DemoPlant demoPlant =
        new DemoPlant(plant, recorder, setup.toSoc(), byClock ? Double.POSITIVE_INFINITY : speed);
    Pacing pacing = byClock ? Pacing.byClock(speed) : Pacing.lockstep(setup.periodSeconds());
    DemoCharger charger = DemoCharger.start(demoPlant, pacing);
    try {
      AnodyneServer server =
          AnodyneServer.start(
              HttpSettings.loopback(port), List.of(session(setup, charger, byClock, speed)));
      DemoRecords records =
          new DemoRecords(server.eventBus(), SESSION, demoPlant, recorder, !byClock);
      return new Demo(setup, demoPlant, charger, server, records, recorder);
    } catch (RuntimeException e) {
      charger.close();
      throw e;
    }
  }

  private static SessionSetup session(
      ChargeSetup setup, DemoCharger charger, boolean byClock, double speed) {
    long deadlineNanos = byClock ? Math.round(0.8 * setup.periodSeconds() / speed * 1e9) : 0L;
    double stretch = byClock ? Math.max(1, speed) : 1;
    return new SessionSetup(
        ClosedLoopRun.sessionSettings(setup, SESSION),
        byClock ? charger::byClock : clock -> charger.inStep(),
        () ->
            Parts.estimator(
                setup,
                () -> {
                  throw new IllegalStateException("No oracle here.");
                }),
        () -> Parts.policy(setup, deadlineNanos),
        new Guard(ClosedLoopRun.guardSettings(setup, !byClock, stretch)),
        byClock ? new Pace.RealTime(speed) : new Pace.Lockstep(),
        new About(
            "Demo: simulated " + setup.layout() + " pack",
            setup.cell().name(),
            setup.policy(),
            setup.estimator()));
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
    while (!plant.isAtTarget() && !records.isOver() && !stall.isHopeless(plant.newestTruth())) {
      Thread.sleep(POLL_MILLIS);
      ClosedLoopRun.tell(progress, setup, plant.newestTruth());
      if (System.nanoTime() - records.lastNanos() > SILENCE_NANOS) {
        throw new IllegalStateException(
            "The session has been silent for " + SILENCE_NANOS / 1_000_000_000L + " s.");
      }
    }
    stopSession();
    synchronized (recorder) {
      return recorder.finish(
          new RunRecorder.Names(
              setup.policy().equals("mpc") ? "MPC" : setup.policy(),
              setup.policy(),
              setup.estimator(),
              setup.cell().name(),
              setup.seed()),
          plant.isAtTarget(),
          setup.limits(),
          records.deadlineMisses());
    }
  }

  private void stopSession() throws InterruptedException {
    String reason =
        plant.isAtTarget()
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
