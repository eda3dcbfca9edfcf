package dev.anodyne.estimators.training;

import static java.util.Objects.requireNonNull;

import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.Target;
import dev.anodyne.estimators.training.SessionData.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows of many sessions as plain matrices: inputs in physical units, targets in their units.
 *
 * @param count of rows
 * @param inputs columns of x
 * @param x inputs, row after row
 * @param y targets, row after row
 * @param weight how often a row is drawn in an epoch, on average
 * @param session number of the row's session; its rows stand together, in the order of time
 * @param fold which of {@link DataSplit#FOLDS} parts the row's battery is in
 */
@SuppressWarnings("ArrayRecordComponent") // Large tables, compared nowhere.
record Rows(
    int count, int inputs, float[] x, float[] y, float[] weight, int[] session, int[] fold) {

  /**
   * Every {@code every}-th row of the sessions: neighbours say almost the same, and what limits
   * learning is the number of packs.
   */
  static Rows of(FeatureSet kind, List<SessionData> sessions, int every) {
    int inputs = kind.names().size();
    int outputs = Target.count();
    int count = sessions.stream().mapToInt(s -> (s.rows + every - 1) / every).sum();
    float[] x = new float[count * inputs];
    float[] y = new float[count * outputs];
    float[] weight = new float[count];
    int[] session = new int[count];
    int[] fold = new int[count];
    TrainingMix mix = TrainingMix.of(sessions);
    Map<Integer, Integer> folds = folds(sessions);
    int at = 0;
    int number = 0;
    for (SessionData s : sessions) {
      float[] source = kind == FeatureSet.AUGMENTED ? s.augmented : s.learned;
      for (int r = 0; r < s.rows; r += every) {
        System.arraycopy(source, r * inputs, x, at * inputs, inputs);
        for (Target target : Target.values()) {
          y[at * outputs + target.ordinal()] = (float) target(kind, s, r, target);
        }
        session[at] = number;
        weight[at] = (float) mix.weight(s);
        fold[at] = requireNonNull(folds.get(s.label.ref().battery()));
        at++;
      }
      number++;
    }
    return new Rows(count, inputs, x, y, weight, session, fold);
  }

  /** Deals batteries to folds in the order in which they come. */
  private static Map<Integer, Integer> folds(List<SessionData> sessions) {
    Map<Integer, Integer> folds = new HashMap<>();
    for (SessionData s : sessions) {
      folds.putIfAbsent(s.label.ref().battery(), folds.size() % DataSplit.FOLDS);
    }
    return folds;
  }

  /** The numbers of the rows that are wanted. */
  int[] numbers(IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).toArray();
  }

  /** What the network should have answered, in the target's unit. */
  private static double target(FeatureSet kind, SessionData s, int row, Target target) {
    double truth = s.get(row, truthColumn(target));
    double base = kind.correctsTwin() ? s.get(row, twinColumn(target)) : 0.0;
    return (truth - base) / target.unit();
  }

  static Column truthColumn(Target target) {
    return switch (target) {
      case ANODE_POTENTIAL -> Column.TRUE_ANODE_POTENTIAL;
      case ANODE_SURFACE -> Column.TRUE_ANODE_SURFACE;
      case ANODE_SURFACE_AT_SEPARATOR -> Column.TRUE_ANODE_SURFACE_AT_SEPARATOR;
      case CATHODE_SURFACE -> Column.TRUE_CATHODE_SURFACE;
      case ANODE_MEAN -> Column.TRUE_ANODE;
      case CATHODE_MEAN -> Column.TRUE_CATHODE;
      case SOC -> Column.TRUE_SOC;
      case CORE_TEMPERATURE -> Column.TRUE_KELVIN;
    };
  }

  static Column twinColumn(Target target) {
    return switch (target) {
      case ANODE_POTENTIAL -> Column.TWIN_ANODE_POTENTIAL;
      case ANODE_SURFACE -> Column.TWIN_ANODE_SURFACE;
      case ANODE_SURFACE_AT_SEPARATOR -> Column.TWIN_ANODE_SURFACE_AT_SEPARATOR;
      case CATHODE_SURFACE -> Column.TWIN_CATHODE_SURFACE;
      case ANODE_MEAN -> Column.TWIN_ANODE;
      case CATHODE_MEAN -> Column.TWIN_CATHODE;
      case SOC -> Column.TWIN_SOC;
      case CORE_TEMPERATURE -> Column.TWIN_KELVIN;
    };
  }

  /** Mean, standard deviation and range of the inputs. */
  InputScaling scaling() {
    double[] mean = new double[inputs];
    double[] scale = new double[inputs];
    double[] min = new double[inputs];
    double[] max = new double[inputs];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < inputs; i++) {
        double v = x[r * inputs + i];
        mean[i] += v / count;
        min[i] = Math.min(min[i], v);
        max[i] = Math.max(max[i], v);
      }
    }
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < inputs; i++) {
        double d = x[r * inputs + i] - mean[i];
        scale[i] += d * d / count;
      }
    }
    for (int i = 0; i < inputs; i++) {
      scale[i] = Math.max(Math.sqrt(scale[i]), 1e-6);
    }
    return new InputScaling(mean, scale, min, max);
  }

  /** Mean (first row) and standard deviation (second row) of the targets. */
  double[][] targetMoments() {
    int outputs = Target.count();
    double[][] moments = new double[2][outputs];
    for (int r = 0; r < count; r++) {
      for (int o = 0; o < outputs; o++) {
        moments[0][o] += y[r * outputs + o] / (double) count;
      }
    }
    for (int r = 0; r < count; r++) {
      for (int o = 0; o < outputs; o++) {
        double d = y[r * outputs + o] - moments[0][o];
        moments[1][o] += d * d / count;
      }
    }
    for (int o = 0; o < outputs; o++) {
      moments[1][o] = Math.max(Math.sqrt(moments[1][o]), 1e-6);
    }
    return moments;
  }
}
