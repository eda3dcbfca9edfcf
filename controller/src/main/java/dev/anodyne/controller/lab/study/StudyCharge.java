package dev.anodyne.controller.lab.study;

import dev.anodyne.core.signal.SensorErrors;
import java.util.random.RandomGenerator;

/**
 * Under which conditions a battery of the study is charged once, to 80 %.
 *
 * @param celsius ambient temperature
 * @param fromSoc state of charge at the start, 0–1
 * @param sensors what is wrong with the sensors
 * @param sensorsName their name; empty where the battery's file knows nothing of them
 * @param plantSeed of the sensors' noise
 */
record StudyCharge(
    double celsius, double fromSoc, SensorErrors sensors, String sensorsName, long plantSeed) {
  private static final double[] CELSIUS = {-10, 0, 10, 25, 45};
  private static final double[] FROM = {0.05, 0.1, 0.3, 0.5};
  private static final String SAME_SENSORS = "same";

  /** A battery's first charge. */
  static StudyCharge first(RandomGenerator random) {
    return new StudyCharge(
        pick(CELSIUS, random),
        pick(FROM, random),
        StudyBattery.sensors(random),
        SAME_SENSORS,
        random.nextLong() >>> 1);
  }

  /** The next one: half of the time where it was charged before, otherwise at another place. */
  StudyCharge next(RandomGenerator random) {
    boolean same = random.nextBoolean();
    return new StudyCharge(
        pick(CELSIUS, random),
        pick(FROM, random),
        same ? sensors : StudyBattery.sensors(random),
        same ? sensorsName : "",
        random.nextLong() >>> 1);
  }

  double ambientKelvin() {
    return celsius + 273.15;
  }

  /** The ambient temperature as the battery's own thermometer tells it at rest. */
  double believedAmbientKelvin() {
    return ambientKelvin() + sensors.temperature().bias();
  }

  private static double pick(double[] values, RandomGenerator random) {
    return values[random.nextInt(values.length)];
  }
}
