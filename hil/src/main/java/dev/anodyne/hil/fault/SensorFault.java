package dev.anodyne.hil.fault;

import dev.anodyne.core.signal.Sensor;
import java.util.List;

/** A fault inside one sensor, or in several alike. */
final class SensorFault extends RampedFault {
  private final List<Sensor> sensors;
  private final List<SensorDistortion> distortions;

  /** One distortion a sensor, in the same order. */
  SensorFault(
      FaultKind kind, String target, List<Sensor> sensors, List<SensorDistortion> distortions) {
    super(kind, target);
    this.sensors = sensors;
    this.distortions = distortions;
  }

  @Override
  void begin(long nowNanos) {
    for (int i = 0; i < sensors.size(); i++) {
      distortions.get(i).begin(nowNanos, sensors.get(i).newest());
      sensors.get(i).add(distortions.get(i));
    }
  }

  @Override
  void apply(double share, long nowNanos) {
    for (SensorDistortion distortion : distortions) {
      distortion.set(severity(), share);
    }
  }

  @Override
  void end() {
    for (int i = 0; i < sensors.size(); i++) {
      sensors.get(i).remove(distortions.get(i));
    }
  }
}
