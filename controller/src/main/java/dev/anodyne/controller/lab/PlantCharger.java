package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.charger.ChargerSchedule;
import dev.anodyne.plantsim.charger.ChargerSettings;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plant file says about the charger. All keys are optional; currents and powers are those at
 * the terminals.
 *
 * @param rampAmpsPerSecond largest rate of change of the current, A/s; the charger tells it
 * @param rampDownAmpsPerSecond the rate with which it falls when that is another one, A/s; the
 *     charger does not tell it
 * @param delaySeconds dead time from a command to its first effect, s, 0–10; in the charger's data
 *     sheet, so that policies are told. Rounded up to the plant's steps
 * @param powerCaps caps of the output power, each until the next one
 * @param announced whether the caps are told when the charge begins
 * @param dropOuts when the power stage trips, and for how long
 */
record PlantCharger(
    @Nullable Double rampAmpsPerSecond,
    @Nullable Double rampDownAmpsPerSecond,
    @Nullable Double delaySeconds,
    @Nullable List<PowerCap> powerCaps,
    @Nullable Boolean announced,
    @Nullable List<DropOut> dropOuts) {
  private static final double LONGEST_DELAY_SECONDS = 10;

  PlantCharger {
    above0("rampAmpsPerSecond", rampAmpsPerSecond);
    above0("rampDownAmpsPerSecond", rampDownAmpsPerSecond);
    if (delaySeconds != null && !(delaySeconds >= 0 && delaySeconds <= LONGEST_DELAY_SECONDS)) {
      throw new IllegalArgumentException(
          "charger.delaySeconds " + delaySeconds + " is not allowed; allowed: 0 to 10 s");
    }
  }

  /**
   * A cap of the power.
   *
   * @param atSeconds when it begins, plant time, s
   * @param watts the cap, W; or
   * @param share the cap as a share of what the battery may draw at its voltage and current limits;
   *     1 or more lifts the cap
   */
  record PowerCap(double atSeconds, @Nullable Double watts, @Nullable Double share) {
    PowerCap {
      if (!(atSeconds >= 0 && atSeconds < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "charger.powerCaps.atSeconds " + atSeconds + " is not allowed; allowed: 0 or more");
      }
      if ((watts == null) == (share == null)) {
        throw new IllegalArgumentException(
            "charger.powerCaps at " + atSeconds + " s needs either watts or share");
      }
      above0("powerCaps.watts", watts);
      above0("powerCaps.share", share);
    }

    double watts(double fullWatts) {
      if (watts != null) {
        return watts;
      }
      double part = Objects.requireNonNull(share);
      return part >= 1 ? Double.POSITIVE_INFINITY : part * fullWatts;
    }
  }

  /**
   * A power stage that delivers nothing for a while.
   *
   * @param atSeconds when, plant time, s
   * @param seconds how long, s
   */
  record DropOut(double atSeconds, double seconds) {
    DropOut {
      if (!(atSeconds >= 0 && seconds > 0 && atSeconds + seconds < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "charger.dropOuts at "
                + atSeconds
                + " s for "
                + seconds
                + " s is not allowed; allowed: a time of 0 or more, a length above 0");
      }
    }
  }

  private static void above0(String key, @Nullable Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "charger." + key + " " + value + " is not allowed; allowed: a number above 0");
    }
  }

  PlantConfig applyTo(PlantConfig plant) {
    ChargerSettings charger = plant.charger();
    ChargerCapabilities can = charger.capabilities();
    double ramp =
        Objects.requireNonNullElse(
            rampAmpsPerSecond, charger.capabilities().maxRampAmpsPerSecond());
    double down = Objects.requireNonNullElse(rampDownAmpsPerSecond, ramp);
    double delay = Objects.requireNonNullElse(delaySeconds, 0.0);
    ChargerSettings changed =
        charger
            .withCapabilities(
                new ChargerCapabilities(
                    can.minVoltageVolts(),
                    can.maxVoltageVolts(),
                    can.maxCurrentAmps(),
                    can.maxPowerWatts(),
                    ramp))
            .withActuation(delay, down / ramp)
            .withSchedule(schedule(plant));
    double step = plant.innerStepSeconds();
    double partsOfDelay = Math.ceil(delay / step - 1e-9);
    double fine = delay > 0 ? Math.max(0.05, delay / partsOfDelay) : step;
    return plant.withCharger(changed).withInnerStepSeconds(Math.min(step, fine));
  }

  /**
   * A charge with what the plant's charger tells when a battery is plugged in: its dead time, from
   * its data sheet, and the caps it announces.
   */
  static ChargeSetup told(ChargeSetup setup, PlantConfig plant) {
    ChargerSettings charger = plant.charger();
    ChargeSetup known = setup.withChargerDelaySeconds(charger.delaySeconds());
    StepSeries caps = charger.schedule().maxPowerWatts();
    if (!charger.schedule().announced() || caps.length() == 0) {
      return known;
    }
    double[] times = new double[caps.length()];
    double[] watts = new double[caps.length()];
    int cells = plant.layout().series() * plant.layout().parallel();
    for (int i = 0; i < times.length; i++) {
      times[i] = caps.fromSeconds(i);
      watts[i] = caps.value(i) / cells;
    }
    StepSeries perCell = StepSeries.of(times, watts, caps.otherwise());
    return known.withOutlook(known.outlook().withMaxPowerWatts(perCell));
  }

  private ChargerSchedule schedule(PlantConfig plant) {
    double full = plant.batteryLimits().maxPowerWatts();
    TreeMap<Double, Double> caps = new TreeMap<>();
    for (PowerCap cap : Objects.requireNonNullElse(powerCaps, List.<PowerCap>of())) {
      if (caps.put(cap.atSeconds(), cap.watts(full)) != null) {
        throw new IllegalArgumentException(
            "charger.powerCaps has two caps at " + cap.atSeconds() + " s; allowed: one");
      }
    }
    TreeMap<Double, Double> trips = new TreeMap<>();
    for (DropOut out : Objects.requireNonNullElse(dropOuts, List.<DropOut>of())) {
      trips.put(out.atSeconds(), 1.0);
      trips.putIfAbsent(out.atSeconds() + out.seconds(), 0.0);
    }
    return new ChargerSchedule(
        series(caps, Double.POSITIVE_INFINITY), series(trips, 0.0), Boolean.TRUE.equals(announced));
  }

  private static StepSeries series(TreeMap<Double, Double> steps, double otherwise) {
    double[] times = steps.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    double[] values = steps.values().stream().mapToDouble(Double::doubleValue).toArray();
    return StepSeries.of(times, values, otherwise);
  }
}
