package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxFile;
import java.util.Locale;

/**
 * Holds the stoichiometry windows against the cut-off voltages: at state of charge 0 and 1 the
 * open-circuit voltage is the lower and the upper one. The format's own library warns beyond 1 mV;
 * measured sets, whose empty end is found at some current, lie off by more. What lies off by more
 * than {@link #TOLERANCE_VOLTS} is a wrong window, a wrong function or two electrodes exchanged.
 */
final class WindowCheck {
  static final double TOLERANCE_VOLTS = 0.3;

  private WindowCheck() {}

  static void check(BpxFile f, CellParameters cell) {
    flat(f, cell.anode(), "Negative electrode");
    flat(f, cell.cathode(), "Positive electrode");
    end(f, "Lower voltage cut-off [V]", cell.lowerCutOffVolts(), cell.openCircuitVolts(0), 0);
    end(f, "Upper voltage cut-off [V]", cell.upperCutOffVolts(), cell.openCircuitVolts(1), 1);
  }

  /** A placeholder where a hysteresis model would put its branches. */
  private static void flat(BpxFile f, Electrode electrode, String section) {
    if (electrode.ocp().isConstant()) {
      throw new BpxException(
          f.source()
              + ": /Parameterisation/"
              + section
              + "/OCP [V] is "
              + electrode.ocp().value(0.5)
              + " at every stoichiometry; allowed: a potential that falls with x, without"
              + " hysteresis.\nMaybe the mean of the branches belongs there.");
    }
  }

  private static void end(BpxFile f, String key, double cutOff, double open, int soc) {
    if (!(Math.abs(open - cutOff) <= TOLERANCE_VOLTS)) {
      throw new BpxException(
          String.format(
              Locale.ROOT,
              "%s: /Parameterisation/Cell/%s is %s, but the stoichiometries of state of charge %d"
                  + " give an open-circuit voltage of %.3f V; allowed: within %s V of it.\n"
                  + "Maybe Minimum or Maximum stoichiometry of an electrode is wrong.",
              f.source(),
              key,
              cutOff,
              soc,
              open,
              TOLERANCE_VOLTS));
    }
  }
}
