package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.DenseNetwork;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.Target;
import java.util.List;

/** A network's answers to the rows of one session, in SI units, before calibration. */
final class Answers {
  private final double[] values;

  private final int outputs;

  private Answers(int rows, int outputs) {
    this.outputs = outputs;
    values = new double[rows * outputs];
  }

  static Answers of(
      FeatureSet kind, List<DenseLayer> layers, InputScaling scaling, SessionData session) {
    DenseNetwork network = new DenseNetwork(layers);
    int inputs = network.inputs();
    float[] source = kind == FeatureSet.AUGMENTED ? session.augmented : session.learned;
    double[] features = new double[inputs];
    double[] scaled = new double[inputs];
    Answers answers = new Answers(session.rows, kind.targets().size());
    for (int r = 0; r < session.rows; r++) {
      for (int i = 0; i < inputs; i++) {
        features[i] = source[r * inputs + i];
      }
      scaling.apply(features, scaled);
      double[] y = network.forward(scaled);
      for (Target t : kind.targets()) {
        double base = kind.correctsTwin() ? session.get(r, Rows.twinColumn(t)) : 0.0;
        answers.values[r * answers.outputs + t.ordinal()] = base + y[t.ordinal()] * t.unit();
      }
    }
    return answers;
  }

  double get(int row, Target target) {
    return values[row * outputs + target.ordinal()];
  }

  /** The bound before calibration, V. */
  double rawBound(int row) {
    return Math.min(get(row, Target.ANODE_POTENTIAL), get(row, Target.ANODE_POTENTIAL_QUANTILE));
  }
}
