package dev.anodyne.controller.lab.bench;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.hil.sut.ChargeTask;
import dev.anodyne.hil.sut.SystemUnderTest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One session of the project's controller, in step with the bench's plant. It knows what a station
 * knows: the cell's type, the layout, limits and target. It never sees the plant.
 */
public final class BenchedController implements SystemUnderTest {
  /** What a SUT file may say about it. */
  public static final List<String> OPTIONS = List.of("policy", "estimator", "guard");

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ChargeLoop loop;
  private ThermalCommand thermal = ThermalCommand.off(0);

  private BenchedController(ChargeLoop loop) {
    this.loop = loop;
  }

  /**
   * Makes a controller for a task.
   *
   * @param options policy, estimator, and {@code guard: off} to see what a check makes of it
   * @throws InputException when an option cannot be used
   */
  public static BenchedController of(ChargeTask task, Map<String, String> options) {
    check(options);
    ChargeSetup setup =
        new ChargeSetup(
            believed(task),
            task.layout(),
            options.getOrDefault("policy", "mpc"),
            options.getOrDefault("estimator", "augmented"),
            task.fromSoc(),
            task.targetSoc(),
            task.ambientKelvin(),
            task.heatTransferWattsPerM2Kelvin(),
            task.maxVoltageVolts(),
            task.maxTemperatureKelvin(),
            task.maxCRate(),
            task.periodSeconds(),
            task.seed());
    Supplier<dev.anodyne.plantsim.pack.PackState> noTruth =
        () -> {
          throw new IllegalStateException("A controller on the bench never sees the truth.");
        };
    ChargeLoop loop =
        new ChargeLoop(
            settings(task),
            Parts.estimator(setup, noTruth),
            Parts.policy(setup),
            new Guard(guard(task, options)));
    return new BenchedController(loop);
  }

  /** A set without thermal data has nothing to be cooled. */
  private static CellParameters believed(ChargeTask task) {
    double cooling = task.heatTransferWattsPerM2Kelvin();
    return Double.isNaN(cooling) ? task.cell() : task.cell().withHeatTransfer(cooling);
  }

  private static void check(Map<String, String> options) {
    for (String key : options.keySet()) {
      if (!OPTIONS.contains(key)) {
        throw new InputException(
            "--sut: options: unknown key '"
                + key
                + "'; allowed: "
                + String.join(", ", OPTIONS)
                + ".");
      }
    }
    String policy = options.getOrDefault("policy", "mpc");
    if (Parts.isOracle(policy) || options.getOrDefault("estimator", "").equals(Parts.TRUTH)) {
      throw new InputException(
          "--sut: options: '"
              + policy
              + "' with this estimator needs the truth, which the bench gives to nobody.");
    }
    if (!List.of("on", "off").contains(options.getOrDefault("guard", "on"))) {
      throw new InputException(
          "--sut: options: guard: '"
              + options.get("guard")
              + "' is not possible; allowed: on, off.");
    }
  }

  private static SessionSettings settings(ChargeTask task) {
    return new SessionSettings(
        "bench",
        task.layout(),
        task.targetSoc(),
        task.maxVoltageVolts(),
        task.maxTemperatureKelvin(),
        task.maxCRate() * task.cell().nominalCapacityAmpHours(),
        0.0,
        task.ambientKelvin(),
        Math.round(task.periodSeconds() * NANOS_PER_SECOND));
  }

  /** A station's guard; switched off, its own limits are out of reach and its watches are deaf. */
  private static GuardSettings guard(ChargeTask task, Map<String, String> options) {
    long period = Math.round(task.periodSeconds() * NANOS_PER_SECOND);
    if (options.getOrDefault("guard", "on").equals("off")) {
      return GuardSettings.of(task.layout(), 100, 1000)
          .withTimes(Long.MAX_VALUE / 4, 0, Math.max(2_000_000_000L, period));
    }
    GuardSettings usual =
        GuardSettings.of(task.layout(), task.maxVoltageVolts(), task.maxTemperatureKelvin());
    return usual.withTimes(
        Math.max(usual.stalenessNanos(), period * 3 / 2),
        Math.max(usual.frozenNanos(), period * 5 / 2),
        Math.max(usual.rampWindowNanos(), period));
  }

  @Override
  public CurrentCommand decide(ChargerStatus status, long nowNanos) {
    loop.start(nowNanos);
    LoopRecord record = loop.cycle(status, nowNanos);
    thermal = record.thermal();
    return record.command();
  }

  @Override
  public ThermalCommand thermal(long nowNanos) {
    return thermal;
  }

  @Override
  public void close() {
    loop.close();
  }
}
