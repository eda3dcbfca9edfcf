package dev.anodyne.mpc.objective;

import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.mpc.objective.CellSurvey.Quantity;

/**
 * One stage of a long-term plan: a current and a heat are held for minutes.
 *
 * <pre>
 * s' = s + I Δt/Q                                    until the target, then rest
 * T' = T_a + (T − T_a) e^(−Δt/τ) + (Q_c + P)/(hA) (1 − e^(−Δt/τ)),   τ = C/(hA)
 * E  = I V Δt/η_charger + P Δt/η_heater              energy from the grid
 * L  = (l_SEI + l_dead) Δt                           capacity lost
 * S  = max(0, φ_near − φ) Δt                          nearness to plating
 * </pre>
 *
 * Heat, voltage and loss are the survey's in the middle of the stage, and so is the current limit.
 * Results stand in fields that the next evaluation overwrites. Not thread-safe.
 */
final class ChargeStage {
  private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

  /** Room to the temperature limit that a plan keeps, K. */
  static final double TEMPERATURE_ROOM_KELVIN = 1.0;

  /** Below this anode potential a charge counts as near to plating, V. */
  private static final double NEAR_PLATING_VOLTS = 0.030;

  /**
   * What a volt-second of nearness counts like, per cent of capacity: an hour at 0 V like 0.003 %,
   * a third of what a night's rest costs this cell. How fast lithium plates is the least known
   * number of a cell, so a plan is to keep away from it where that costs little.
   */
  private static final double PERCENT_PER_VOLT_SECOND = 0.1 / 3600.0;

  private final CellSurvey survey;
  private final ChargeTask task;
  private final double chargerEfficiency;
  private final double coolingWattsPerKelvin;
  private final double heatCapacity;
  private final boolean thermal;
  private final StateGrid currentGrid;
  private final double[] currentLimit;

  /** State of charge at the end, 0–1. */
  double soc;

  /** Temperature at the end, K. */
  double kelvin;

  /** Time until the target, at most the stage's, s. */
  double chargingSeconds;

  /** Energy from the grid, kWh. */
  double kilowattHours;

  /** Capacity lost, per cent of the nominal one. */
  double lossPercent;

  /** The same with what nearness to plating counts like: what a plan keeps low. */
  double wearPercent;

  /** Direct power at the terminals while charging, and that of the heater, from the charger, W. */
  double directWatts;

  /** False when a limit would be passed. */
  boolean allowed;

  ChargeStage(CellSurvey survey, ChargeTask task, ThermalData data, double chargerEfficiency) {
    this.survey = survey;
    this.task = task;
    this.chargerEfficiency = chargerEfficiency;
    heatCapacity = data.heatCapacityJPerKelvin();
    thermal = Double.isFinite(heatCapacity);
    coolingWattsPerKelvin = Math.max(1e-6, data.heatTransferWPerM2Kelvin() * data.coolingAreaM2());
    double coldest = CellSurvey.KELVIN[0];
    double warmest = CellSurvey.KELVIN[CellSurvey.KELVIN.length - 1];
    currentGrid = new StateGrid(0.0, 1.0, coldest, warmest);
    currentLimit = new double[currentGrid.size()];
    for (int i = 0; i < currentLimit.length; i++) {
      currentLimit[i] =
          survey.largestAmps(
              currentGrid.soc(i), currentGrid.kelvin(i), task.marginVolts(), task.maxVolts());
    }
  }

  /** Data of a cell that keeps the ambient temperature. */
  static ThermalData isothermal() {
    return new ThermalData(Double.POSITIVE_INFINITY, 0.0, 0.0);
  }

  /** Holds a current and a heat for a time. */
  void evaluate(double fromSoc, double fromKelvin, double amps, double heatWatts, double seconds) {
    double left = Math.max(0.0, task.targetSoc() - fromSoc);
    double full = amps * seconds / (3600.0 * survey.capacityAmpHours());
    double share = full > left ? left / full : amps > 0.0 ? 1.0 : 0.0;
    chargingSeconds = full > 0.0 && full >= left ? share * seconds : left > 0.0 ? seconds : 0.0;
    double gained = Math.min(full, left);
    soc = fromSoc + gained;
    double middleSoc = fromSoc + 0.5 * gained;
    double heat = share * survey.value(Quantity.HEAT, middleSoc, fromKelvin, amps) + heatWatts;
    kelvin = after(fromKelvin, heat, seconds);
    double middleKelvin = 0.5 * (fromKelvin + kelvin);
    double volts = survey.value(Quantity.VOLTAGE, middleSoc, middleKelvin, amps);
    directWatts = share > 0.0 ? amps * volts : 0.0;
    kilowattHours =
        seconds
            * (share * directWatts / chargerEfficiency + task.thermal().gridWatts(heatWatts))
            / JOULES_PER_KILOWATT_HOUR;
    double loss =
        share * survey.lossPerSecond(middleSoc, middleKelvin, amps)
            + (1.0 - share) * survey.lossPerSecond(soc, middleKelvin, 0.0);
    lossPercent = 100.0 * loss * seconds / survey.nominalAmpHours();
    double anode = survey.value(Quantity.ANODE_POTENTIAL, middleSoc, middleKelvin, amps);
    double near = amps > 0.0 ? Math.max(0.0, NEAR_PLATING_VOLTS - anode) : 0.0;
    wearPercent = lossPercent + PERCENT_PER_VOLT_SECOND * near * share * seconds;
    allowed =
        isCoolEnough(fromKelvin, heatWatts)
            && (share == 0.0 || amps <= 1.0001 * largestAmps(middleSoc, middleKelvin));
  }

  private boolean isCoolEnough(double fromKelvin, double heatWatts) {
    double highest = task.maxKelvin() - TEMPERATURE_ROOM_KELVIN;
    return kelvin <= highest || (heatWatts <= 0.0 && kelvin <= fromKelvin);
  }

  private double after(double fromKelvin, double heatWatts, double seconds) {
    if (!thermal) {
      return fromKelvin;
    }
    double decay = Math.exp(-seconds * coolingWattsPerKelvin / heatCapacity);
    double ambient = task.ambientKelvin();
    return ambient
        + (fromKelvin - ambient) * decay
        + heatWatts / coolingWattsPerKelvin * (1.0 - decay);
  }

  /** The largest current at a point, A. */
  double largestAmps(double atSoc, double atKelvin) {
    boolean tooCold = atKelvin < CellSurvey.KELVIN[0];
    return tooCold
        ? 0.0
        : Math.min(task.maxAmps(), currentGrid.value(currentLimit, atSoc, atKelvin));
  }

  /**
   * The largest current that may be held for a time: the limit falls with the state of charge and
   * rises with the temperature on the way, so it is looked up again in the middle.
   *
   * @param maxPowerWatts power that the charger may give, W
   */
  double ridingAmps(
      double fromSoc, double fromKelvin, double heatWatts, double seconds, double maxPowerWatts) {
    double amps = largestAmps(fromSoc, fromKelvin);
    for (int i = 0; i < 3; i++) {
      double gained = amps * seconds / (3600.0 * survey.capacityAmpHours());
      double middle = fromSoc + 0.5 * Math.min(gained, Math.max(0.0, task.targetSoc() - fromSoc));
      double heat = survey.value(Quantity.HEAT, middle, fromKelvin, amps) + heatWatts;
      double middleKelvin = 0.5 * (fromKelvin + after(fromKelvin, heat, seconds));
      double volts = survey.value(Quantity.VOLTAGE, middle, middleKelvin, amps);
      double capped = Math.min(largestAmps(middle, middleKelvin), maxPowerWatts / volts);
      amps = 0.5 * (amps + capped);
      if (capped < amps) {
        amps = capped;
      }
    }
    return coolAmps(fromSoc, fromKelvin, amps, heatWatts, seconds);
  }

  /**
   * Less where the stage would end too warm: the heat goes about with the square of the current.
   */
  private double coolAmps(
      double fromSoc, double fromKelvin, double amps, double heatWatts, double seconds) {
    double highest = task.maxKelvin() - TEMPERATURE_ROOM_KELVIN;
    double allowedAmps = amps;
    for (int i = 0; i < 12; i++) {
      double heat = survey.value(Quantity.HEAT, fromSoc, fromKelvin, allowedAmps) + heatWatts;
      if (after(fromKelvin, heat, seconds) <= highest) {
        break;
      }
      allowedAmps *= 0.85;
    }
    return allowedAmps;
  }
}
