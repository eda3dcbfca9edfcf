package dev.anodyne.hil.scenario;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.model.ChargerImage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The plant of a bench with a scenario happening to it. Until the scenario begins, and after its
 * end, the plant stands still. Its methods belong to the bench's plant thread, but for {@link
 * #begin} and the latch.
 */
final class StagedPlant implements BenchPlant {
  private final Scenario scenario;
  private final SimulatedPack pack;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable ScenarioStage stage;
  private volatile double seconds;

  StagedPlant(Scenario scenario, SimulatedPack pack) {
    this.scenario = scenario;
    this.pack = pack;
  }

  /** From the next step on the scenario happens. */
  void begin(ScenarioStage newStage) {
    stage = newStage;
  }

  /** Is counted down when the scenario has reached its end. */
  CountDownLatch over() {
    return over;
  }

  /** Plant time of the scenario, s. */
  double seconds() {
    return seconds;
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    ScenarioStage current = stage;
    if (current == null || over.getCount() == 0) {
      return;
    }
    current.before(seconds);
    double left = scenario.durationSeconds() - seconds;
    pack.step(Math.min(dtSeconds, Math.max(left, 1e-6)), command, nowNanos);
    seconds += dtSeconds;
    boolean ended =
        seconds >= scenario.durationSeconds() - 1e-9
            || current.isStopRequested()
            || !pack.plant().status().isUsable();
    if (ended) {
      over.countDown();
    }
  }

  /** The bench is closed and the controller gone: what is left of the scenario is rest. */
  void restToTheEnd() {
    while (over.getCount() > 0 && stage != null) {
      long now = Math.round(seconds * 1e9);
      step(ScenarioRun.STEP_SECONDS, CurrentCommand.zero(now), now);
    }
  }

  @Override
  public void applyThermal(ThermalCommand command) {
    pack.applyThermal(command);
  }

  @Override
  public ChargerImage image(long nowNanos) {
    return pack.image(nowNanos);
  }

  @Override
  public void setBatteryLimits(BatteryLimits limits) {
    pack.setBatteryLimits(limits);
  }

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {
    pack.setCapabilities(capabilities);
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    pack.setFault(fault, present);
  }

  @Override
  public void setConnected(boolean connected) {
    pack.setConnected(connected);
  }
}
