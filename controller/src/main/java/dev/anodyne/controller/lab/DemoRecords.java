package dev.anodyne.controller.lab;

import dev.anodyne.controller.app.ToldJson;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.pack.PackState;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the demo's session: puts the truth beside each of its records, on the dashboard and in
 * the trace.
 */
final class DemoRecords {
  private static final Set<String> UNDER_WAY =
      Set.of(new SessionState.PreCharge(0).name(), new SessionState.Charging(0).name());

  private final EventBus bus;
  private final String session;
  private final PackLayout layout;
  private final DemoTruth truths;
  private final RunRecorder recorder;
  private final boolean inStep;
  private volatile boolean over;
  private volatile long deadlineMisses;
  private volatile long lastNanos = System.nanoTime();
  private boolean begun;
  private boolean ended;

  /**
   * Starts listening.
   *
   * @param inStep true when the session's time is the plant's
   */
  DemoRecords(
      EventBus bus,
      String session,
      PackLayout layout,
      DemoTruth truths,
      RunRecorder recorder,
      boolean inStep) {
    this.bus = bus;
    this.session = session;
    this.layout = layout;
    this.truths = truths;
    this.recorder = recorder;
    this.inStep = inStep;
    bus.consumer(Addresses.session(session), this::heard);
  }

  /** True when the session will not charge any more. */
  boolean isOver() {
    return over;
  }

  /** Decisions that came too late so far. */
  long deadlineMisses() {
    return deadlineMisses;
  }

  /** When the session was last heard, ns on the machine's clock. */
  long lastNanos() {
    return lastNanos;
  }

  private void heard(Message<JsonObject> message) {
    JsonObject record = message.body();
    lastNanos = System.nanoTime();
    JsonObject state = record.getJsonObject("state");
    over = state.getBoolean("over", false);
    // By the clock, time runs while the controller still looks for the charger.
    begun = begun || inStep || UNDER_WAY.contains(state.getString("name"));
    JsonObject timing = record.getJsonObject("timing");
    if (timing != null) {
      deadlineMisses = timing.getLong("misses", 0L);
    }
    if (!record.getBoolean("point", true)) {
      return;
    }
    double seconds = record.getDouble("timeSeconds");
    // Half a nanosecond of rounding must not pick the tick before.
    PackState truth = inStep ? truths.at(Math.round(seconds * 1e9) + 1000) : truths.newest();
    bus.publish(
        Addresses.BENCH_TRUTH,
        new JsonObject()
            .put("session", session)
            .put("timeSeconds", seconds)
            .put("anodePotentialVolts", truth.minAnodePotentialVolts())
            .put("soc", truth.soc()));
    // Between the target and the session's end there is nothing to judge.
    if (begun && !ended) {
      ended = truths.isTarget(truth);
      synchronized (recorder) {
        if (recorder.isEmpty()) {
          recorder.beginAt(truth.timeSeconds());
        }
        // The target may lie within the period: its end is then past what is judged.
        if (recorder.judges(truth)) {
          recorder.row(row(record, truth));
        }
      }
    }
  }

  private TraceRow row(JsonObject record, PackState truth) {
    JsonObject decision = record.getJsonObject("decision");
    return new TraceRow(
        truth.timeSeconds() - recorder.originSeconds(),
        layout.cellAmps(truth.chargeCurrentAmps()),
        truth.maxCellVoltageVolts(),
        truth.maxCellTemperatureKelvin(),
        truth.soc(),
        truth.minAnodePotentialVolts(),
        number(record.getDouble("anodePotentialVolts")),
        number(record.getDouble("anodePotentialLowerBoundVolts")),
        DecisionSource.valueOf(decision.getString("source")),
        ActiveConstraint.valueOf(record.getString("activeConstraint")),
        number(decision.getDouble("solveMillis")),
        ToldJson.slack(decision),
        ToldJson.collision(decision));
  }

  /** The comparison as the dashboard takes it. */
  static JsonObject comparison(String status, List<RunResult> runs) {
    JsonArray rows = new JsonArray();
    for (RunResult run : runs) {
      Map<String, @Nullable Object> summary = run.summary().toMap();
      JsonObject row = new JsonObject().put("name", run.label()).put("highlight", rows.isEmpty());
      for (String key :
          List.of(
              "minutes",
              "reached_soc",
              "min_anode_potential_V",
              "plating_exposure_Vs",
              "max_temperature_C")) {
        row.put(key, summary.get(key));
      }
      rows.add(row);
    }
    return new JsonObject().put("status", status).put("rows", rows);
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
