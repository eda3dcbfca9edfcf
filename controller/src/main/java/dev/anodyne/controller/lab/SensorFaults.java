package dev.anodyne.controller.lab;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.plantsim.PlantConfig;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a plant's sensors beside their usual noise: the key {@code sensors} of a plant
 * file. Every value is a number or {@code [low, high]}, drawn from the seed. What is not given
 * stays as it is.
 *
 * @param voltageNoiseVolts standard deviation, V
 * @param voltageBiasVolts constant, V
 * @param currentNoiseShare standard deviation as a share of the current
 * @param currentGainError share by which the reading is too large
 * @param currentBiasAmps constant, A
 * @param temperatureNoiseKelvin standard deviation, K
 * @param temperatureBiasKelvin constant, K
 */
record SensorFaults(
    @Nullable Between voltageNoiseVolts,
    @Nullable Between voltageBiasVolts,
    @Nullable Between currentNoiseShare,
    @Nullable Between currentGainError,
    @Nullable Between currentBiasAmps,
    @Nullable Between temperatureNoiseKelvin,
    @Nullable Between temperatureBiasKelvin) {
  /** "bias" in ASCII: the draws of mismatch and noise are others. */
  private static final long STREAM = 0x62696173L << 32;

  SensorFaults {
    check("voltageNoiseVolts", voltageNoiseVolts, 0, 0.5);
    check("voltageBiasVolts", voltageBiasVolts, -0.5, 0.5);
    check("currentNoiseShare", currentNoiseShare, 0, 0.5);
    check("currentGainError", currentGainError, -0.5, 0.5);
    check("currentBiasAmps", currentBiasAmps, -100, 100);
    check("temperatureNoiseKelvin", temperatureNoiseKelvin, 0, 20);
    check("temperatureBiasKelvin", temperatureBiasKelvin, -20, 20);
  }

  /** The plant with these sensors. */
  PlantConfig applyTo(PlantConfig plant) {
    RandomGenerator random = SeededRandom.of(STREAM ^ plant.seed());
    SensorErrors now = plant.sensors();
    SensorModel voltage =
        now.voltage()
            .withNoise(draw(voltageNoiseVolts, now.voltage().noise(), random))
            .withBias(draw(voltageBiasVolts, now.voltage().bias(), random));
    SensorModel current =
        now.current()
            .withRelativeNoise(draw(currentNoiseShare, now.current().relativeNoise(), random))
            .withGain(1 + draw(currentGainError, now.current().gain() - 1, random))
            .withBias(draw(currentBiasAmps, now.current().bias(), random));
    SensorModel temperature =
        now.temperature()
            .withNoise(draw(temperatureNoiseKelvin, now.temperature().noise(), random))
            .withBias(draw(temperatureBiasKelvin, now.temperature().bias(), random));
    return plant.withSensors(new SensorErrors(voltage, current, temperature));
  }

  private static double draw(@Nullable Between value, double otherwise, RandomGenerator random) {
    return (value == null ? new Between(otherwise, otherwise) : value).draw(random);
  }

  private static void check(String key, @Nullable Between value, double least, double most) {
    if (value != null) {
      value.within(key, least, most);
    }
  }
}
