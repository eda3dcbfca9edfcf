package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a charge but who makes it.
 *
 * @param name its own in a grid
 * @param block the part of the grid that it belongs to; empty without parts
 * @param weight how much it counts in a search over the grid, above 0
 * @param cell shipped set or BPX file
 * @param plant what tables call the plant
 * @param aged what tables call the battery's age
 * @param sensors what tables call the sensors' errors
 * @param plantKeys what a plant file would say about all three; empty for the nominal plant
 * @param fromSoc state of charge at the start, 0–1
 * @param toSoc state of charge to reach, 0–1
 * @param ambientCelsius temperature the cell cools towards, °C
 * @param heatTransferWattsPerM2Kelvin over the cell's cooling area, W/m²K; 0 or more
 * @param limits what must not be passed
 * @param periodSeconds time between decisions, s
 * @param seed fixes mismatch, ageing, sensor errors and noise
 * @param aim departure, tariff, goal and thermostat
 * @param known whether the controller has identified the battery in a charge before
 */
public record Scenario(
    String name,
    String block,
    double weight,
    String cell,
    String plant,
    String aged,
    String sensors,
    Map<String, @Nullable Object> plantKeys,
    double fromSoc,
    double toSoc,
    double ambientCelsius,
    double heatTransferWattsPerM2Kelvin,
    ScenarioLimits limits,
    double periodSeconds,
    long seed,
    ScenarioAim aim,
    boolean known) {
  private static final double KELVIN = 273.15;

  public Scenario {
    plantKeys = Collections.unmodifiableMap(new LinkedHashMap<>(plantKeys));
  }

  /**
   * The charge by a policy with an estimator, of a battery that nobody has charged yet.
   *
   * @param loaded the scenario's cell with its heat transfer
   */
  public ChargeSetup setup(CellParameters loaded, String policy, String estimator) {
    ChargeSetup plain =
        new ChargeSetup(
            loaded,
            PackLayout.SINGLE_CELL,
            policy,
            estimator,
            fromSoc,
            toSoc,
            ambientCelsius + KELVIN,
            heatTransferWattsPerM2Kelvin,
            limits.volts(loaded),
            limits.maxTemperatureCelsius() + KELVIN,
            limits.maxCRate(),
            periodSeconds,
            seed);
    return aim.aim().applyTo(plain);
  }

  Scenario withName(String other) {
    return new Scenario(
        other,
        block,
        weight,
        cell,
        plant,
        aged,
        sensors,
        plantKeys,
        fromSoc,
        toSoc,
        ambientCelsius,
        heatTransferWattsPerM2Kelvin,
        limits,
        periodSeconds,
        seed,
        aim,
        known);
  }

  /** The tariff's file; empty without one. */
  String prices() {
    Path file = aim.aim().prices();
    return file == null ? "" : file.toString();
  }

  /** Everything that decides about a charge, in a fixed order; the name and weight do not. */
  Map<String, @Nullable Object> key() {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    key.put("cell", cell);
    key.put("plant", plantKeys);
    key.put("from", fromSoc);
    key.put("to", toSoc);
    key.put("ambientC", ambientCelsius);
    key.put("heatTransfer", heatTransferWattsPerM2Kelvin);
    key.put("maxVoltage", limits.maxVoltageVolts());
    key.put("maxTemperatureC", limits.maxTemperatureCelsius());
    key.put("maxCRate", limits.maxCRate());
    key.put("period", periodSeconds);
    key.put("seed", seed);
    key.put("departure", aim.aim().departureMinutes());
    key.put("prices", prices());
    key.put("goal", aim.aim().goal());
    key.put("thermostat", aim.aim().thermostatCelsius());
    key.put("known", known);
    return key;
  }
}
