package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.app.SessionFactory;
import dev.anodyne.controller.app.SessionSetup;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.plantsim.pack.PackState;
import dev.anodyne.test.system.Station.Heard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the vehicle's battery management asks for caps the charge, whatever estimator and policy do.
 * The charger itself does not enforce these limits, so the true current shows what the controller
 * makes of them. In step with the plant over OPC UA, so that every limit changes at a known second.
 */
class BatteryLimitsTest {
  /** A limit is sent, seen at the next tick, and followed within the second after it. */
  private static final double FOLLOWED_SECONDS = 2;

  /** Current goes up again with the charger's ramp and the policy's care. */
  private static final double RECOVERED_SECONDS = 6;

  private static final double PHASE_SECONDS = 8;

  /** What set-points are good for. */
  private static final double CURRENT_SHARE = 1e-3;

  /** The voltage rises within the second that a power was turned into a current for. */
  private static final double POWER_SHARE = 5e-3;

  private static final BatteryLimits USUAL = Station.plant().batteryLimits();

  @TempDir static Path folder;
  private static Wire wire;

  private final List<PackState> truths = new CopyOnWriteArrayList<>();
  private volatile boolean estimatorFails;
  private volatile boolean policyFails;

  /** A failure without a stack trace: the loop logs every one of them. */
  private static final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Bug(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Some seconds under certain limits.
   *
   * @param begin what happens at its first second, on the plant's thread
   * @param settled what must be true of every state from then on
   */
  private record Phase(
      String name,
      BatteryLimits limits,
      Runnable begin,
      double settledSeconds,
      Consumer<PackState> settled) {}

  @BeforeAll
  static void makeCertificates() {
    wire = new Wire(folder);
  }

  @Test
  @Timeout(180)
  void limitsHoldWithTheRealEstimatorAndPolicy() {
    chargeThrough(phases(), base -> base);
  }

  @Test
  @Timeout(180)
  void limitsHoldWhenThePolicyAsksForAThousandAmps() {
    List<Heard> records =
        chargeThrough(phases(), base -> with(base, base.estimator(), () -> runaway()));
    assertThat(records)
        .anyMatch(
            heard ->
                heard
                    .json()
                    .getString("why")
                    .equals("The vehicle's own current limit caps the charge."))
        .anyMatch(
            heard ->
                heard
                    .json()
                    .getString("why")
                    .equals("The vehicle's own power limit caps the charge."))
        .anyMatch(
            heard -> heard.json().getString("why").equals("The vehicle asks for no current."));
  }

  /** The phases of one charge. */
  private List<Phase> phases() {
    BatteryLimits current = limits(6, USUAL.maxVoltageVolts(), 4.2, 318.15, 400);
    BatteryLimits power = limits(15, USUAL.maxVoltageVolts(), 4.2, 318.15, 60);
    return List.of(
        charging("usual"),
        new Phase("target current 6 A", current, () -> {}, 2, this::atMostSixAmps),
        new Phase("power 60 W", power, () -> {}, FOLLOWED_SECONDS, this::atMostSixtyWatts),
        off("temperature 17 °C", limits(15, USUAL.maxVoltageVolts(), 4.2, 290.15, 400)),
        charging("after the temperature limit"),
        off("cell voltage 3.2 V", limits(15, USUAL.maxVoltageVolts(), 3.2, 318.15, 400)),
        charging("after the cell voltage limit"),
        off("battery voltage 12.8 V", limits(15, 12.8, 4.2, 318.15, 400)),
        charging("after the battery voltage limit"),
        off("target current 0 A", limits(0, USUAL.maxVoltageVolts(), 4.2, 318.15, 400)),
        charging("after the pause"),
        failing("estimator fails", current, () -> estimatorFails = true),
        new Phase(
            "estimator is back",
            current,
            () -> estimatorFails = false,
            RECOVERED_SECONDS,
            this::atMostSixAmps),
        failing("policy fails", current, () -> policyFails = true),
        new Phase(
            "policy is back",
            current,
            () -> policyFails = false,
            RECOVERED_SECONDS,
            this::atMostSixAmps));
  }

  private static Phase charging(String name) {
    return new Phase(
        name,
        USUAL,
        () -> {},
        RECOVERED_SECONDS,
        truth -> assertThat(truth.chargeCurrentAmps()).isGreaterThan(6.5));
  }

  private static Phase off(String name, BatteryLimits limits) {
    return failing(name, limits, () -> {});
  }

  private static Phase failing(String name, BatteryLimits limits, Runnable begin) {
    return new Phase(
        name,
        limits,
        begin,
        FOLLOWED_SECONDS,
        truth -> assertThat(truth.chargeCurrentAmps()).isZero());
  }

  /** More than half of it, too: it is the limit that holds the current, not a stop. */
  private void atMostSixAmps(PackState truth) {
    assertThat(truth.chargeCurrentAmps()).isBetween(5.0, 6 * (1 + CURRENT_SHARE));
  }

  private void atMostSixtyWatts(PackState truth) {
    assertThat(truth.chargeCurrentAmps() * truth.voltageVolts())
        .isBetween(50.0, 60 * (1 + POWER_SHARE));
  }

  /** Runs the phases one after the other and judges the truth of each. */
  private List<Heard> chargeThrough(List<Phase> phases, UnaryOperator<SessionSetup> change) {
    SimulatedPack pack = new SimulatedPack(Station.plant());
    pack.addTruthListener(
        truth -> {
          truths.add(truth);
          int next = (int) Math.round(truth.timeSeconds() / PHASE_SECONDS * 1e6);
          if (next % 1_000_000 == 0 && next / 1_000_000 < phases.size()) {
            Phase phase = phases.get(next / 1_000_000);
            pack.setBatteryLimits(phase.limits());
            phase.begin().run();
          }
        });
    double end = phases.size() * PHASE_SECONDS;
    List<Heard> records;
    try (BenchServer bench = wire.bench(pack, Pacing.lockstep(1))) {
      SessionSetup setup =
          SessionFactory.lockstep(Station.connector(wire.client(bench.endpointUrl())));
      try (Station station = Station.start(failable(change.apply(setup)))) {
        await()
            .atMost(Duration.ofSeconds(150))
            .until(() -> !truths.isEmpty() && truths.get(truths.size() - 1).timeSeconds() >= end);
        records = List.copyOf(station.records());
      }
    }
    for (int i = 0; i < phases.size(); i++) {
      judge(phases.get(i), i * PHASE_SECONDS);
    }
    for (Heard heard : records) {
      if (heard.commandAmps() > 0) {
        assertThat(heard.json().getDouble("commandCeilingPackVolts"))
            .isLessThanOrEqualTo(USUAL.maxVoltageVolts());
      }
    }
    return records;
  }

  private void judge(Phase phase, double beginSeconds) {
    int judged = 0;
    for (PackState truth : truths) {
      double seconds = truth.timeSeconds() - beginSeconds;
      if (seconds > phase.settledSeconds() && seconds < PHASE_SECONDS) {
        try {
          phase.settled().accept(truth);
        } catch (AssertionError e) {
          throw new AssertionError(
              phase.name() + ", after " + seconds + " s: " + e.getMessage(), e);
        }
        judged++;
      }
    }
    assertThat(judged).as("states in the phase '%s'", phase.name()).isPositive();
  }

  /** The session with estimator and policy that can be made to throw. */
  private SessionSetup failable(SessionSetup base) {
    return with(
        base,
        () -> {
          StateEstimator real = base.estimator().get();
          return (measurement, applied) -> {
            failIf(estimatorFails, "The estimator has a bug.");
            return real.update(measurement, applied);
          };
        },
        () -> {
          ChargingPolicy real = base.policy().get();
          return (estimate, limits) -> {
            failIf(policyFails, "The policy has a bug.");
            return real.next(estimate, limits);
          };
        });
  }

  private static void failIf(boolean fails, String message) {
    if (fails) {
      throw new Bug(message);
    }
  }

  /** A policy that knows no limit. */
  private static ChargingPolicy runaway() {
    return (estimate, limits) ->
        new PolicyDecision(
            1000, 5, PlanAhead.EMPTY, SolveStatus.OK, DecisionSource.MPC, ActiveConstraint.NONE, 1);
  }

  private static SessionSetup with(
      SessionSetup base, Supplier<StateEstimator> estimator, Supplier<ChargingPolicy> policy) {
    return new SessionSetup(
        base.settings(),
        base.charger(),
        estimator,
        policy,
        base.guard(),
        base.pace(),
        base.about());
  }

  private static BatteryLimits limits(
      double amps, double volts, double cellVolts, double kelvin, double watts) {
    return new BatteryLimits(amps, volts, cellVolts, kelvin, watts);
  }
}
