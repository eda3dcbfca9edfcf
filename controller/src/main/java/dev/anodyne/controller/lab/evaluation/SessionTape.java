package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.ArrayList;
import java.util.List;

/** What the sensors said in one session, and apart from it the truth at the same instants. */
final class SessionTape {
  /**
   * The truth of the cell with the lowest anode potential.
   *
   * @param seconds since the session began, s
   * @param cellAmps A, positive when charging
   * @param soc of the battery (mean of its cells), 0–1; NaN where it is not known
   * @param anodePotentialVolts V
   * @param anodeSurface electrode mean of the anode's surface stoichiometry
   * @param cathodeSurface electrode mean of the cathode's
   * @param anode mean stoichiometry of the anode
   * @param cathode mean stoichiometry of the cathode
   * @param kelvin K
   */
  record Truth(
      double seconds,
      double cellAmps,
      double soc,
      double anodePotentialVolts,
      double anodeSurface,
      double cathodeSurface,
      double anode,
      double cathode,
      double kelvin) {
    static Truth of(double seconds, double soc, P2dOutputs weakest) {
      return new Truth(
          seconds,
          weakest.chargeCurrentAmps,
          soc,
          weakest.anodePotentialVolts,
          weakest.anodeSurfaceStoichiometry,
          weakest.cathodeSurfaceStoichiometry,
          weakest.anodeStoichiometry,
          weakest.cathodeStoichiometry,
          weakest.temperatureKelvin);
    }
  }

  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();

  void add(Measurement measurement, Truth truth) {
    measurements.add(measurement);
    truths.add(truth);
  }

  int samples() {
    return measurements.size();
  }

  Measurement measurement(int i) {
    return measurements.get(i);
  }

  Truth truth(int i) {
    return truths.get(i);
  }
}
