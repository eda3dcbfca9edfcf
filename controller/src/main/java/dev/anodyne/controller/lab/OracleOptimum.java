package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.baseline.LawPolicy;
import dev.anodyne.mpc.optimum.OpenLoopLaw;
import dev.anodyne.mpc.optimum.OpenLoopOptimum;
import dev.anodyne.mpc.optimum.OpenLoopPlan;
import dev.anodyne.mpc.optimum.OptimumTask;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.CellSpread;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bound that policies are measured against: the open-loop optimum computed on the plant's own
 * model, with its true parameters, film, side reactions, mesh and start, and its charger's and
 * battery's limits as they are at the start; then played back in the same closed loop. No
 * controller of a real charger can have it. What changes during the charge (faults, a power cap in
 * mid-session, moving ambient temperature) it does not know.
 */
final class OracleOptimum {
  /** The policy's name. */
  static final String NAME = "optimum";

  /** Plans of the last plants: the same charge with other sensor noise has the same optimum. */
  private static final int REMEMBERED = 16;

  private static final Map<Key, OpenLoopPlan> PLANS =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, OpenLoopPlan> eldest) {
          return size() > REMEMBERED;
        }
      };

  private OracleOptimum() {}

  private record Key(PlantConfig plant, ChargeLimits limits, double periodSeconds) {}

  /**
   * The optimum of a plant's charge as a policy.
   *
   * @throws InputException for a battery of more than one cell, or one that cannot be charged
   */
  static ChargingPolicy of(ChargeSetup setup, PlantConfig plant) {
    int cells = plant.layout().series() * plant.layout().parallel();
    if (cells != 1) {
      throw new InputException(
          "--policy: 'optimum' is the bound of one cell; this battery has " + cells + ".");
    }
    ChargeLimits limits = limits(setup, plant);
    Key key = new Key(essence(plant), limits, setup.periodSeconds());
    OpenLoopPlan plan;
    synchronized (PLANS) {
      plan = PLANS.get(key);
    }
    if (plan == null) {
      plan = find(setup, plant, limits);
      synchronized (PLANS) {
        PLANS.put(key, plan);
      }
    }
    double period = setup.periodSeconds();
    return new LawPolicy(new OpenLoopLaw(plan, period), period, NanoClock.SYSTEM);
  }

  /** Sensors change nothing about the optimum; nor does a seed that nothing else is drawn from. */
  private static PlantConfig essence(PlantConfig plant) {
    PlantConfig same = PlantChoice.withPerfectSensors(plant);
    boolean drawn =
        !plant.spread().equals(CellSpread.NONE)
            || !plant.build().ageing().equals(AgeingSpread.FRESH);
    return drawn ? same : same.withSeed(0);
  }

  private static OpenLoopPlan find(ChargeSetup setup, PlantConfig plant, ChargeLimits limits) {
    MpcSettings.Margins margins = MpcSettings.Margins.DEFAULT;
    OptimumTask task =
        new OptimumTask(
            new ChargingPlant(plant).pack().model(0),
            limits,
            plant.initialSoc(),
            setup.periodSeconds(),
            margins.maxAnodeSurfaceStoichiometry(),
            margins.minElectrolyteMolPerM3());
    try {
      return OpenLoopOptimum.find(task);
    } catch (IllegalStateException e) {
      throw new InputException("--policy: 'optimum': " + e.getMessage(), e);
    }
  }

  /** The tightest of setup, charger and battery, for the cell. */
  private static ChargeLimits limits(ChargeSetup setup, PlantConfig plant) {
    ChargerCapabilities can = plant.charger().capabilities();
    BatteryLimits asks = plant.batteryLimits();
    return new ChargeLimits(
        Math.min(
            setup.maxCellCurrentAmps(), Math.min(can.maxCurrentAmps(), asks.targetCurrentAmps())),
        Math.min(setup.maxVoltageVolts(), asks.maxCellVoltageVolts()),
        Math.min(setup.maxTemperatureKelvin(), asks.maxTemperatureKelvin()),
        0.0,
        setup.toSoc(),
        Math.min(can.maxPowerWatts(), asks.maxPowerWatts()),
        can.maxRampAmpsPerSecond(),
        setup.ambientKelvin());
  }
}
