package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A plant and a controller in one process, without a network: by the clock or in lock-step, with
 * the same loop, the same expiry of commands and the same statistics as over OPC UA.
 */
public final class InProcessBench {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Whatever controls the charger. Called on the plant's thread, once in each control period. */
  public interface Control {
    /**
     * Decides.
     *
     * @param image what the charger says; never the truth
     * @param nowNanos the plant's time, ns
     * @return the command from now on, for the whole battery
     */
    CurrentCommand command(ChargerImage image, long nowNanos);
  }

  private final BenchPlant plant;
  private final Pacing pacing;
  private final Control control;
  private final SetpointInbox inbox = new SetpointInbox();
  private LongConsumer listener = nanos -> {};
  private long nextControlNanos;
  private long endNanos;

  public InProcessBench(BenchPlant plant, Pacing pacing, Control control) {
    this.plant = plant;
    this.pacing = pacing;
    this.control = control;
  }

  /** Is called with the plant's time, ns, after its values were made, on the plant's thread. */
  public void setListener(LongConsumer newListener) {
    listener = newListener;
  }

  /**
   * Runs the plant for a while and waits for the end of it. A second run goes on where the first
   * one ended.
   *
   * @param seconds how long, s of the plant's time
   */
  public PacingStatistics run(double seconds) throws InterruptedException {
    long begin = endNanos;
    nextControlNanos = begin;
    endNanos = begin + Math.round(seconds * NANOS_PER_SECOND);
    Cycle cycle = new Cycle();
    PlantLoop loop = new PlantLoop(plant, pacing, inbox, cycle::publish, begin);
    cycle.loop = loop;
    loop.start();
    loop.join();
    return loop.statistics();
  }

  /** One run's exchange of values and commands. */
  private final class Cycle {
    private @Nullable PlantLoop loop;

    void publish(PlantLoop.Instant now) {
      ChargerImage image = plant.image(now.simTimeNanos());
      if (now.simTimeNanos() >= nextControlNanos) {
        nextControlNanos += Math.round(pacing.controlPeriodSeconds() * NANOS_PER_SECOND);
        write(control.command(image, now.simTimeNanos()), now.simTimeNanos());
      }
      listener.accept(now.simTimeNanos());
      inbox.write(Map.of(ChargerTag.CLOCK_DONE, now.tick()));
      if (now.simTimeNanos() >= endNanos && loop != null) {
        loop.end();
      }
    }

    private void write(CurrentCommand command, long nowNanos) {
      long validMillis = (command.validUntilNanos() - nowNanos) / NANOS_PER_MILLI;
      inbox.write(
          Map.of(
              ChargerTag.SETPOINT_VALID_FOR,
              Math.max(0, validMillis),
              ChargerTag.SETPOINT_VOLTAGE_CEILING,
              command.voltageCeilingVolts(),
              ChargerTag.SETPOINT_CURRENT,
              command.chargeCurrentAmps()));
    }
  }
}
