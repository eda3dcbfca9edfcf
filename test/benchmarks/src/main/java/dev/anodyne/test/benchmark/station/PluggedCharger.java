package dev.anodyne.test.benchmark.station;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import java.util.Map;
import java.util.SplittableRandom;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * One simulated charger with a cell on it that obeys what is written, with an expiry. A vehicle
 * that is full, or is not charged for some minutes, leaves, and another one comes.
 */
final class PluggedCharger {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A vehicle without current leaves after this, s; above what a controller needs to begin. */
  private static final double PATIENCE_SECONDS = 120;

  /** … and never sooner than after so many of its steps. */
  private static final int LEAST_STEPS = 10;

  private static final int AWAY_STEPS = 5;

  /** Of the physics, unless the charger itself moves on in long steps, s. */
  private static final double INNER_STEP_SECONDS = 0.5;

  private final CellParameters cell;
  private final double stepSeconds;
  private final int patienceSteps;
  private final double fullestArrival;
  private final SplittableRandom random;
  private ChargingPlant plant;
  private long heartbeat;
  private int idleSteps;
  private int awaySteps;
  private int vehicles = 1;

  private double writtenAmps;
  private double writtenCeilingVolts;
  private long writtenMillis;
  private boolean fresh;
  private long writes;
  private CurrentCommand inForce = CurrentCommand.zero(0);
  private volatile Lowest lowest = Lowest.NONE;

  /**
   * The lowest true anode potential of a charger's vehicles, and when it was.
   *
   * @param anodeVolts lowest of all, V
   * @param soc state of charge then, 0–1
   * @param chargeAmps current into the cell then, A
   * @param seconds after the vehicle came, s
   */
  record Lowest(double anodeVolts, double soc, double chargeAmps, double seconds) {
    static final Lowest NONE =
        new Lowest(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * A charger with its first vehicle.
   *
   * @param stepSeconds by which it moves on
   * @param fullestArrival state of charge that vehicles arrive with at most, 0–1
   * @param seed fixes all of its vehicles
   */
  PluggedCharger(CellParameters cell, double stepSeconds, double fullestArrival, long seed) {
    this.cell = cell;
    this.stepSeconds = stepSeconds;
    this.patienceSteps = (int) Math.max(LEAST_STEPS, PATIENCE_SECONDS / stepSeconds);
    this.fullestArrival = fullestArrival;
    this.random = new SplittableRandom(seed);
    this.plant = arriving();
  }

  private ChargingPlant arriving() {
    double soc = 0.1 + (fullestArrival - 0.1) * random.nextDouble();
    return new ChargingPlant(
        PlantConfig.of(cell, PackLayout.SINGLE_CELL)
            .withSpread(CellSpread.PRODUCTION)
            .withInitialSoc(soc)
            .withInnerStepSeconds(Math.max(INNER_STEP_SECONDS, stepSeconds / 6))
            .withSeed(random.nextLong()));
  }

  /** Takes in one write request; on a server's thread. */
  synchronized void write(Map<ChargerTag, Object> values) {
    if (values.get(ChargerTag.SETPOINT_VOLTAGE_CEILING) instanceof Number volts) {
      writtenCeilingVolts = volts.doubleValue();
    }
    if (values.get(ChargerTag.SETPOINT_VALID_FOR) instanceof Number millis) {
      writtenMillis = millis.longValue();
    }
    if (values.get(ChargerTag.SETPOINT_CURRENT) instanceof Number amps) {
      writtenAmps = amps.doubleValue();
      fresh = true;
      writes++;
    }
  }

  private synchronized CurrentCommand take(long nowNanos) {
    if (fresh) {
      fresh = false;
      inForce =
          new CurrentCommand(
              writtenAmps, writtenCeilingVolts, nowNanos + writtenMillis * NANOS_PER_MILLI);
    }
    return inForce;
  }

  /** Moves on and says what the charger's tags are now; on the plants' thread. */
  Map<ChargerTag, Object> step(long nowNanos) {
    CurrentCommand command = take(nowNanos);
    plant.step(stepSeconds, command, nowNanos);
    noteAnode();
    comeAndGo(!command.isExpiredAt(nowNanos) && command.chargeCurrentAmps() > 0);
    Map<ChargerTag, Object> tags =
        new ChargerImage(
                plant.measure(nowNanos),
                plant.capabilities(),
                plant.batteryLimits(),
                plant.isConnected(),
                plant.faults(),
                plant.thermalCapabilities())
            .toTags();
    heartbeat = heartbeat + 1 & UInteger.MAX_VALUE;
    tags.put(ChargerTag.HEARTBEAT, UInteger.valueOf(heartbeat));
    return tags;
  }

  private void noteAnode() {
    double volts = plant.extremes().minAnodePotentialVolts();
    if (volts < lowest.anodeVolts()) {
      lowest =
          new Lowest(volts, plant.trueSoc(), plant.pack().chargeCurrentAmps(), plant.timeSeconds());
    }
  }

  private void comeAndGo(boolean flows) {
    if (!plant.isConnected()) {
      awaySteps++;
      if (awaySteps > AWAY_STEPS) {
        plant = arriving();
        vehicles++;
        idleSteps = 0;
      }
      return;
    }
    idleSteps = flows ? 0 : idleSteps + 1;
    if (idleSteps > patienceSteps) {
      awaySteps = 0;
      plant.setConnected(false);
    }
  }

  /** Whether a current flows into the cell. */
  boolean isCharging() {
    return plant.charger().currentAmps() > 0.01;
  }

  /** Commands that were written to it. */
  synchronized long writes() {
    return writes;
  }

  /** Vehicles that have been here. */
  int vehicles() {
    return vehicles;
  }

  /** Lowest true anode potential of all of its vehicles. */
  Lowest lowest() {
    return lowest;
  }
}
