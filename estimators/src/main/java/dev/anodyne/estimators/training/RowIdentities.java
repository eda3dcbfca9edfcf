package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.evaluation.IdentityViolations;
import dev.anodyne.estimators.evaluation.PhysicalIdentities;
import dev.anodyne.estimators.evaluation.PhysicalIdentities.Instant;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.Target;
import dev.anodyne.estimators.training.SessionData.Column;
import java.util.List;
import java.util.Map;

/** How far a network's answers to the rows of test sessions violate physical identities. */
final class RowIdentities {
  private static final int MOVED = FeatureSet.LEARNED.names().indexOf("SoC moved");
  private static final int VOLTS = FeatureSet.LEARNED.names().indexOf("Voltage [V]");

  private RowIdentities() {}

  /** Means over the sessions, judged by a nominal cell's identities. */
  static IdentityViolations of(
      CellParameters cell, List<SessionData> sessions, Map<SessionData, Answers> answers) {
    PhysicalIdentities identities = new PhysicalIdentities(cell);
    for (SessionData s : sessions) {
      Answers a = java.util.Objects.requireNonNull(answers.get(s));
      for (int r = 0; r < s.rows; r++) {
        identities.add(instant(cell, s, a, r));
      }
      identities.endSession();
    }
    return identities.mean();
  }

  private static Instant instant(CellParameters cell, SessionData s, Answers a, int row) {
    double ampHours = cell.nominalCapacityAmpHours();
    int inputs = FeatureSet.LEARNED.names().size();
    return new Instant(
        s.get(row, Column.SECONDS),
        s.learned[row * inputs + MOVED] * ampHours,
        s.get(row, Column.C_RATE) * ampHours,
        s.learned[row * inputs + VOLTS],
        s.get(row, Column.KELVIN),
        a.get(row, Target.ANODE_POTENTIAL),
        a.get(row, Target.ANODE_SURFACE),
        a.get(row, Target.ANODE_SURFACE_AT_SEPARATOR),
        a.get(row, Target.CATHODE_SURFACE),
        a.get(row, Target.ANODE_MEAN),
        a.get(row, Target.CATHODE_MEAN));
  }

  /** Adds the figures to a card's. */
  static void put(Map<String, Double> metrics, IdentityViolations v) {
    metrics.put("lithium drift [% of capacity]", rounded(v.lithiumDriftPercent()));
    metrics.put("voltage identity RMS [mV]", rounded(v.voltageMillivolts()));
    metrics.put("anode potential identity RMS [mV]", rounded(v.anodePotentialMillivolts()));
    metrics.put("wrong signs [% of rows]", rounded(v.signPercent()));
    metrics.put("wrong direction after current steps [%]", rounded(v.monotonicityPercent()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000.0) / 1000.0;
  }
}
