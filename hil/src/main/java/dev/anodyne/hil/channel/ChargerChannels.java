package dev.anodyne.hil.channel;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.charger.ChargerElectronics;
import dev.anodyne.plantsim.charger.ChargerSettings;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** The charger's electronics, what it reports, and what the battery's management asks of it. */
final class ChargerChannels {
  private static final double HIGHEST = 1e7;

  private final ChargingPlant plant;
  private final ChargerElectronics charger;
  private final List<Channel> all;

  private ChargerChannels(ChargingPlant plant, List<Channel> all) {
    this.plant = plant;
    this.charger = plant.charger();
    this.all = all;
  }

  static void add(ChargingPlant plant, List<Channel> all) {
    ChargerChannels made = new ChargerChannels(plant, all);
    made.outputs();
    made.capabilities();
    made.settings();
    made.faults();
    made.limits();
  }

  private void outputs() {
    result("charger.current", "A", "output", charger::currentAmps);
    result("charger.setpoint", "A", "that it follows", charger::setpointAmps);
    result("charger.ceiling", "V", "that its regulator holds", charger::ceilingVolts);
    result("charger.deliveredEnergy", "J", "since the start", charger::deliveredJoules);
    result("charger.gridPower", "W", "with heater and cooler", plant::gridPowerWatts);
  }

  private void capabilities() {
    capability("minVoltage", "V", ChargerCapabilities::minVoltageVolts, 0);
    capability("maxVoltage", "V", ChargerCapabilities::maxVoltageVolts, 1);
    capability("maxCurrent", "A", ChargerCapabilities::maxCurrentAmps, 2);
    capability("maxPower", "W", ChargerCapabilities::maxPowerWatts, 3);
    capability("maxRamp", "A/s", ChargerCapabilities::maxRampAmpsPerSecond, 4);
  }

  private void capability(
      String name, String unit, ToDoubleFunction<ChargerCapabilities> of, int field) {
    setting(
        "charger." + name,
        unit,
        "what it can do and says it can",
        () -> of.applyAsDouble(charger.settings().capabilities()),
        value -> settings -> settings.withCapabilities(with(settings.capabilities(), field, value)),
        field == 0 ? 0 : 1e-6,
        HIGHEST);
  }

  private static ChargerCapabilities with(ChargerCapabilities c, int field, double value) {
    double[] v = {
      c.minVoltageVolts(),
      c.maxVoltageVolts(),
      c.maxCurrentAmps(),
      c.maxPowerWatts(),
      c.maxRampAmpsPerSecond()
    };
    v[field] = value;
    return new ChargerCapabilities(v[0], v[1], v[2], v[3], v[4]);
  }

  private void settings() {
    setting(
        "charger.timeConstant",
        "s",
        "of its current loop",
        () -> charger.settings().timeConstantSeconds(),
        value -> settings -> settings.withTimeConstantSeconds(value),
        0,
        60);
    setting(
        "charger.resolution",
        "A",
        "of its set-point, rounded down",
        () -> charger.settings().resolutionAmps(),
        value -> settings -> settings.withResolutionAmps(value),
        0,
        100);
    setting(
        "charger.delay",
        "s",
        "from a command to its first effect",
        () -> charger.settings().delaySeconds(),
        value -> settings -> settings.withActuation(value, settings.rampDownFactor()),
        0,
        60);
    setting(
        "charger.expiryRamp",
        "s",
        "longest time from a command's expiry to zero",
        () -> charger.settings().expiryRampSeconds(),
        value -> settings -> settings.withExpiryRampSeconds(value),
        1e-3,
        3600);
    setting(
        "charger.efficiency",
        "1",
        "direct over alternating power",
        () -> charger.settings().efficiency(),
        value -> settings -> settings.withLosses(value, settings.standbyWatts()),
        0.01,
        1);
    all.add(
        Channel.setting(
                "charger.deliveryFactor",
                "1",
                "delivered over wanted current; above 1 is over-delivery",
                () -> charger.injection().deliveryFactor(),
                value -> charger.inject(charger.injection().withDeliveryFactor(value)))
            .within(0, 10));
    all.add(
        Channel.setting(
                "charger.rampFactor",
                "1",
                "on every rate of change; below 1 is a slow charger",
                () -> charger.injection().rampFactor(),
                value -> charger.inject(charger.injection().withRampFactor(value)))
            .within(1e-4, 100));
  }

  private void setting(
      String name,
      String unit,
      String meaning,
      DoubleSupplier source,
      DoubleFunction<UnaryOperator<ChargerSettings>> change,
      double lowest,
      double highest) {
    all.add(
        Channel.setting(
                name,
                unit,
                meaning,
                source,
                value -> charger.setSettings(change.apply(value).apply(charger.settings())))
            .within(lowest, highest));
  }

  private void faults() {
    for (ChargerFault fault : ChargerFault.values()) {
      all.add(
          Channel.setting(
                  "charger.fault." + fault.name(),
                  "1",
                  "1 while the charger reports it",
                  () -> plant.hasFault(fault) ? 1 : 0,
                  value -> plant.setFault(fault, value >= 0.5))
              .within(0, 1));
    }
  }

  private void limits() {
    limit("targetCurrent", "A", BatteryLimits::targetCurrentAmps, 0);
    limit("maxVoltage", "V", BatteryLimits::maxVoltageVolts, 1);
    limit("maxCellVoltage", "V", BatteryLimits::maxCellVoltageVolts, 2);
    limit("maxTemperature", "K", BatteryLimits::maxTemperatureKelvin, 3);
    limit("maxPower", "W", BatteryLimits::maxPowerWatts, 4);
  }

  private void limit(String name, String unit, ToDoubleFunction<BatteryLimits> of, int field) {
    all.add(
        Channel.setting(
                "bms." + name,
                unit,
                "what the battery's management asks for",
                () -> of.applyAsDouble(plant.batteryLimits()),
                value -> plant.setBatteryLimits(with(plant.batteryLimits(), field, value)))
            .within(0, HIGHEST));
  }

  private static BatteryLimits with(BatteryLimits l, int field, double value) {
    double[] v = {
      l.targetCurrentAmps(),
      l.maxVoltageVolts(),
      l.maxCellVoltageVolts(),
      l.maxTemperatureKelvin(),
      l.maxPowerWatts()
    };
    v[field] = value;
    return new BatteryLimits(v[0], v[1], v[2], v[3], v[4]);
  }

  private void result(String name, String unit, String meaning, DoubleSupplier source) {
    all.add(Channel.result(name, unit, meaning, source));
  }
}
