package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.channel.PlantChannels;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated battery and its charger as a bench's plant. Truth listeners see what no controller
 * may see: the true state of every cell, after each step.
 */
public final class SimulatedPack implements BenchPlant {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedPack.class);

  private final ChargingPlant plant;
  private final List<Consumer<PackState>> truthListeners = new CopyOnWriteArrayList<>();
  private final Channels channels;
  private boolean failed;

  public SimulatedPack(PlantConfig config) {
    plant = new ChargingPlant(config);
    channels = PlantChannels.of(plant);
  }

  /** Is called with the truth after every step, on the plant's thread: it must not block. */
  public void addTruthListener(Consumer<PackState> listener) {
    truthListeners.add(listener);
  }

  /**
   * The plant itself, for disturbances and for the true extremes of a run. Touch it from the
   * plant's thread only ({@link BenchServer#disturb}, listeners), or when the bench is closed.
   */
  public ChargingPlant plant() {
    return plant;
  }

  /**
   * Lets several threads step the cells. Worth it from some ten groups in series on.
   *
   * @param count in all, at least 1
   * @param realtimePriority {@code SCHED_FIFO} priority that those besides the plant's ask for; 0
   *     for none
   */
  public void setThreads(int count, int realtimePriority) {
    plant
        .pack()
        .setThreads(
            count,
            task -> {
              Runnable prioritised =
                  () -> {
                    RealtimePriority.request(realtimePriority);
                    task.run();
                  };
              Thread thread = new Thread(prioritised, "bench cells");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Everything of the plant by name, to be read and forced. Same threads as {@link #plant}. */
  public Channels channels() {
    return channels;
  }

  /**
   * Which cells were the furthest out in this run, by how much, and how each differs from the
   * others: the truth, for the bench's own log. Same threads as {@link #plant}.
   */
  public List<String> weakestCells() {
    return WeakestCells.describe(plant);
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    channels.hold();
    SolveStatus status = plant.step(dtSeconds, command, nowNanos);
    if (!status.isUsable() && !failed) {
      failed = true;
      LOG.error("The cells' equations have no solution ({}): the plant stands still", status);
      plant.setFault(ChargerFault.VENDOR_ERROR, true);
    }
    if (!truthListeners.isEmpty()) {
      PackState truth = plant.truth();
      truthListeners.forEach(listener -> listener.accept(truth));
    }
  }

  @Override
  public ChargerImage image(long nowNanos) {
    return new ChargerImage(
        plant.measure(nowNanos),
        plant.capabilities(),
        plant.batteryLimits(),
        plant.isConnected(),
        plant.faults(),
        plant.thermalCapabilities());
  }

  @Override
  public void applyThermal(ThermalCommand command) {
    plant.applyThermal(command);
  }

  @Override
  public void setBatteryLimits(BatteryLimits limits) {
    plant.setBatteryLimits(limits);
  }

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {
    plant.setCapabilities(capabilities);
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    plant.setFault(fault, present);
  }

  @Override
  public void setConnected(boolean connected) {
    plant.setConnected(connected);
  }
}
