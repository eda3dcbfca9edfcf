package dev.anodyne.controller.lab;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One charge in process: which cell, by whom, from where to where, within which limits. What the
 * plant is like is not here: a controller does not know it.
 *
 * @param cell parameters that the controller believes in, heat transfer included
 * @param layout how the cells are wired
 * @param policy name, or a policy file
 * @param estimator name, or a model file; {@code truth} for oracle runs
 * @param fromSoc state of charge at the start, 0–1
 * @param toSoc true state of charge at which the charge ends, 0–1
 * @param ambientKelvin temperature the cells cool towards, K
 * @param heatTransferWattsPerM2Kelvin over the cell's cooling area, W/m²K
 * @param maxVoltageVolts cell voltage limit, V
 * @param maxTemperatureKelvin cell temperature limit, K
 * @param maxCRate current limit in C
 * @param periodSeconds time between decisions, s
 * @param seed of the plant's spread, mismatch and noise
 * @param identified what earlier sessions told the controller about this battery; empty: nothing
 * @param outlook what the controller is told about the time ahead
 * @param chargerDelaySeconds dead time of the charger as far as the controller knows, s
 * @param goal what the charge is to be good at; null: what the policy is good at by itself
 * @param thermostatCelsius temperature that a simple thermostat heats to, for comparison with
 *     planned heating, °C; null: none
 * @param spec what {@code policy} stands for; null: looked up when it is needed
 */
public record ChargeSetup(
    CellParameters cell,
    PackLayout layout,
    String policy,
    String estimator,
    double fromSoc,
    double toSoc,
    double ambientKelvin,
    double heatTransferWattsPerM2Kelvin,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double maxCRate,
    double periodSeconds,
    long seed,
    Optional<IdentifiedCell> identified,
    Outlook outlook,
    double chargerDelaySeconds,
    @Nullable ChargeGoal goal,
    @Nullable Double thermostatCelsius,
    @Nullable PolicySpec spec) {

  /** Of a battery that nobody has charged yet. */
  public ChargeSetup(
      CellParameters cell,
      PackLayout layout,
      String policy,
      String estimator,
      double fromSoc,
      double toSoc,
      double ambientKelvin,
      double heatTransferWattsPerM2Kelvin,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double maxCRate,
      double periodSeconds,
      long seed) {
    this(
        cell,
        layout,
        policy,
        estimator,
        fromSoc,
        toSoc,
        ambientKelvin,
        heatTransferWattsPerM2Kelvin,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCRate,
        periodSeconds,
        seed,
        Optional.empty(),
        Outlook.NONE,
        0.0,
        null,
        null,
        null);
  }

  /** The cell that the controller predicts with: the battery's own as far as it is known. */
  CellParameters believedCell() {
    return identified.map(battery -> battery.applyTo(cell)).orElse(cell);
  }

  /** Cell current limit, A. */
  public double maxCellCurrentAmps() {
    return maxCRate * cell.nominalCapacityAmpHours();
  }

  /** What a run is judged by: the limits, and no plating. */
  public RunLimits limits() {
    return new RunLimits(maxCellCurrentAmps(), maxVoltageVolts, maxTemperatureKelvin, 0.0);
  }

  /** The same charge with what is known about the battery. */
  public ChargeSetup withIdentified(IdentifiedCell battery) {
    Optional<IdentifiedCell> known = Optional.of(battery);
    return changed(policy, estimator, periodSeconds, known, outlook, chargerDelaySeconds);
  }

  /** The same charge by another policy and estimator. */
  public ChargeSetup with(String newPolicy, String newEstimator) {
    return changed(
        newPolicy, newEstimator, periodSeconds, identified, outlook, chargerDelaySeconds);
  }

  /** The same charge with another time between decisions. */
  public ChargeSetup withPeriodSeconds(double seconds) {
    return changed(policy, estimator, seconds, identified, outlook, chargerDelaySeconds);
  }

  /** The same charge with what the controller is told about the time ahead. */
  public ChargeSetup withOutlook(Outlook known) {
    return changed(policy, estimator, periodSeconds, identified, known, chargerDelaySeconds);
  }

  /** The same charge with what the controller knows of its charger's dead time, s. */
  public ChargeSetup withChargerDelaySeconds(double seconds) {
    return changed(policy, estimator, periodSeconds, identified, outlook, seconds);
  }

  /** The same charge with another goal. */
  public ChargeSetup withGoal(@Nullable ChargeGoal newGoal) {
    return withWishes(newGoal, thermostatCelsius);
  }

  /** The same charge with a simple thermostat, °C; null for none. */
  public ChargeSetup withThermostatCelsius(@Nullable Double celsius) {
    return withWishes(goal, celsius);
  }

  private ChargeSetup withWishes(@Nullable ChargeGoal newGoal, @Nullable Double celsius) {
    return new ChargeSetup(
        cell,
        layout,
        policy,
        estimator,
        fromSoc,
        toSoc,
        ambientKelvin,
        heatTransferWattsPerM2Kelvin,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCRate,
        periodSeconds,
        seed,
        identified,
        outlook,
        chargerDelaySeconds,
        newGoal,
        celsius,
        spec);
  }

  /** The same charge by the policy that a specification describes. */
  public ChargeSetup withSpec(PolicySpec known) {
    return new ChargeSetup(
        cell,
        layout,
        policy,
        estimator,
        fromSoc,
        toSoc,
        ambientKelvin,
        heatTransferWattsPerM2Kelvin,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCRate,
        periodSeconds,
        seed,
        identified,
        outlook,
        chargerDelaySeconds,
        goal,
        thermostatCelsius,
        known);
  }

  private ChargeSetup changed(
      String newPolicy,
      String newEstimator,
      double newPeriodSeconds,
      Optional<IdentifiedCell> newIdentified,
      Outlook newOutlook,
      double newChargerDelaySeconds) {
    return new ChargeSetup(
        cell,
        layout,
        newPolicy,
        newEstimator,
        fromSoc,
        toSoc,
        ambientKelvin,
        heatTransferWattsPerM2Kelvin,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCRate,
        newPeriodSeconds,
        seed,
        newIdentified,
        newOutlook,
        newChargerDelaySeconds,
        goal,
        thermostatCelsius,
        newPolicy.equals(policy) ? spec : null);
  }
}
