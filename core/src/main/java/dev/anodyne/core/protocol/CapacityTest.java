package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;

/**
 * Measures a cell's capacity as a laboratory does: a copy of the cell is charged at a low rate to
 * its upper cut-off, discharged at the same rate to its lower one, and the charge that comes out is
 * the capacity. The cell itself does not notice; the copy has its film, its pores, its side
 * reactions and its temperature.
 */
final class CapacityTest {
  /** Charge and discharge current, as a multiple of 1C. */
  static final double C_RATE = 0.05;

  /** Several times as long as the test takes, s. */
  private static final double LONGEST_SECONDS = 100 * 3600.0;

  private final CellRun copy;
  private final double amps;
  private final double upperVolts;
  private final double lowerVolts;
  private double watchedVolts;
  private double sign;

  CapacityTest(P2dModel model, double ambientKelvin) {
    copy = new CellRun(model, 0.5, ambientKelvin, false);
    amps = C_RATE * model.cell().nominalCapacityAmpHours();
    upperVolts = model.cell().upperCutOffVolts();
    lowerVolts = model.cell().lowerCutOffVolts();
  }

  /** The capacity in A·h; NaN when the test could not be brought to its end. */
  double ampHours(CellRun cell) {
    copy.copyFrom(cell);
    double in = charge(1, upperVolts);
    double out = Double.isNaN(in) ? Double.NaN : charge(-1, lowerVolts);
    return -out / 3600;
  }

  /** Runs to a voltage; the charge that went in, A·s. */
  private double charge(double direction, double volts) {
    sign = direction;
    watchedVolts = volts;
    copy.hold(P2dControl.CURRENT, direction * amps, 0);
    if (!copy.glance()) {
      return Double.NaN;
    }
    double before = sign * (copy.begin().outputs().voltageVolts - volts);
    double longest = LONGEST_SECONDS;
    double passed = 0;
    double done = 0;
    while (before < 0 && done < LONGEST_SECONDS) {
      if (!copy.tryFreely(longest)) {
        longest = 0.5 * copy.triedSeconds();
        if (longest < StepFollower.SHORTEST_STEP_SECONDS) {
          return Double.NaN;
        }
        continue;
      }
      double after = excess();
      if (after >= 0) {
        double at = EventSearch.locate(0, before, after, copy.triedSeconds(), this::excessAt);
        if (at != copy.triedSeconds() && !copy.land(at)) {
          return Double.NaN;
        }
      }
      passed += copy.triedAmpSeconds();
      done += copy.triedSeconds();
      longest = Math.max(longest, 2 * copy.triedSeconds());
      before = after;
      copy.keep();
    }
    return passed;
  }

  private double excess() {
    return sign * (copy.tried().voltageVolts - watchedVolts);
  }

  private double excessAt(int end, double seconds) {
    return copy.land(seconds) ? excess() : Double.NaN;
  }
}
