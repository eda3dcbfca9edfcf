package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.Ensemble;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.SigmaScale;
import dev.anodyne.estimators.network.Target;
import java.util.List;

/** A network's answers to the rows of one session, in SI units, before calibration. */
final class Answers {
  private final double[] means;
  private final double[] sigmas;
  private final double[] doubts;

  private Answers(int rows) {
    means = new double[rows * Target.count()];
    sigmas = new double[rows * Target.count()];
    doubts = new double[rows];
  }

  static Answers of(
      FeatureSet kind,
      List<List<DenseLayer>> members,
      InputScaling scaling,
      SigmaScale scale,
      SessionData session) {
    Ensemble network = new Ensemble(members, scale);
    int inputs = network.inputs();
    float[] source = kind == FeatureSet.AUGMENTED ? session.augmented : session.learned;
    double[] features = new double[inputs];
    double[] scaled = new double[inputs];
    Answers answers = new Answers(session.rows);
    for (int r = 0; r < session.rows; r++) {
      for (int i = 0; i < inputs; i++) {
        features[i] = source[r * inputs + i];
      }
      scaling.apply(features, scaled);
      network.forward(scaled);
      answers.doubts[r] = network.doubt();
      for (Target t : Target.values()) {
        double base = kind.correctsTwin() ? session.get(r, Rows.twinColumn(t)) : 0.0;
        answers.means[at(r, t)] = base + network.mean(t);
        answers.sigmas[at(r, t)] = network.sigma(t);
      }
    }
    return answers;
  }

  private static int at(int row, Target target) {
    return row * Target.count() + target.ordinal();
  }

  double get(int row, Target target) {
    return means[at(row, target)];
  }

  /** The networks' doubt of the battery, 0–1. */
  double doubt(int row) {
    return doubts[row];
  }

  /** Standard deviation of the answer, SI units. */
  double sigma(int row, Target target) {
    return sigmas[at(row, target)];
  }
}
