package dev.anodyne.estimators.identification;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Measurements of one charge, in order of time. Of a series pack the highest cell voltage and the
 * lowest cell temperature count: those of the cell that the digital twin stands for. Unusable
 * samples and samples that do not advance in time are left out. Not thread-safe.
 */
public final class RecordedSession {
  /** More samples than any charge has: ten hours at ten a second. */
  private static final int MOST_SAMPLES = 360_000;

  private final PackLayout layout;
  private final List<double[]> rows = new ArrayList<>();
  private long firstNanos;
  private long lastNanos;

  public RecordedSession(PackLayout layout) {
    this.layout = layout;
  }

  /** Takes in a sample; the current is that since the sample before. */
  public void add(Measurement m) {
    if (!m.isUsable() || rows.size() >= MOST_SAMPLES) {
      return;
    }
    if (rows.isEmpty()) {
      firstNanos = m.timeNanos();
    } else if (m.timeNanos() - lastNanos <= 0) {
      return;
    }
    lastNanos = m.timeNanos();
    rows.add(
        new double[] {
          (m.timeNanos() - firstNanos) * 1e-9,
          layout.cellAmps(m.chargeCurrentAmps()),
          m.maxCellVoltageVolts(),
          m.minCellTemperatureKelvin()
        });
  }

  /** Number of samples. */
  public int samples() {
    return rows.size();
  }

  /** Time of a sample since the first one, s. */
  double seconds(int i) {
    return rows.get(i)[0];
  }

  /** Cell current at a sample, A. */
  double amps(int i) {
    return rows.get(i)[1];
  }

  double volts(int i) {
    return rows.get(i)[2];
  }

  double kelvin(int i) {
    return rows.get(i)[3];
  }
}
