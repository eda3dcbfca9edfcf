package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseNetwork;
import dev.anodyne.estimators.network.Target;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PhysicsLossTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final PhysicsTerms WEIGHTS = new PhysicsTerms(1.3, 0.7, 1.9, 0.6);
  private static final int OUTPUTS = Target.outputs();
  private static final int GROUPS = 20;
  private static final int ROWS = 4 * GROUPS;

  /** Outputs are the quantities themselves, in their units: nothing is scaled. */
  private static final double[][] PLAIN = plain();

  private static double[][] plain() {
    double[][] moments = new double[2][Target.count()];
    java.util.Arrays.fill(moments[1], 1.0);
    return moments;
  }

  /** A charge of a nominal cell: what was measured, and the truth as a network would put it. */
  private record Charge(PhysicsBatch batch, double[] truth) {}

  /** Groups of four rows over a charge at 0.4C to 1.6C, with a probe a group. */
  private static Charge charge() {
    P2dModel model = P2dModel.of(CELL, P2dOptions.PLANT);
    P2dState state = model.newState(0.15, 298.15);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs o = new P2dOutputs();
    double[][] measured = new double[6][ROWS];
    double[] truth = new double[(ROWS + GROUPS) * OUTPUTS];
    double filtered = 0.0;
    double charged = 0.0;
    for (int s = 1; s <= 15 * ROWS; s++) {
      double amps = 5.0 * new double[] {1.6, 0.8, 1.2, 0.4}[s / 150 % 4];
      P2dStepper.step(model, state, P2dControl.CURRENT, amps, 1.0, 298.15, workspace, o);
      filtered += (amps - filtered) * (1.0 - Math.exp(-0.01));
      charged += amps / 3600.0;
      if (s % 15 == 0) {
        // Rows of a group lie far apart: row r belongs to group r mod GROUPS.
        int n = s / 15 - 1;
        int row = n % GROUPS * 4 + n / GROUPS;
        measured[0][row] = amps;
        measured[1][row] = filtered;
        measured[2][row] = o.voltageVolts;
        measured[4][row] = o.temperatureKelvin;
        measured[5][row] = charged;
        write(o, truth, row);
      }
    }
    int[] starts = new int[GROUPS + 1];
    int[] probed = new int[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      starts[g + 1] = 4 * (g + 1);
      probed[g] = 4 * g + g % 4;
      System.arraycopy(truth, probed[g] * OUTPUTS, truth, (ROWS + g) * OUTPUTS, OUTPUTS);
      // More current, lower potential: as it must be.
      truth[(ROWS + g) * OUTPUTS] -= 0.4;
    }
    return new Charge(
        new PhysicsBatch(
            starts,
            probed,
            measured[0],
            measured[1],
            measured[2],
            measured[3],
            measured[4],
            measured[5]),
        truth);
  }

  private static void write(P2dOutputs o, double[] rows, int row) {
    for (Target t : Target.values()) {
      double value =
          switch (t) {
            case ANODE_POTENTIAL -> o.anodePotentialVolts;
            case ANODE_SURFACE -> o.anodeSurfaceStoichiometry;
            case ANODE_SURFACE_AT_SEPARATOR -> o.anodeSurfaceStoichiometryAtSeparator;
            case CATHODE_SURFACE -> o.cathodeSurfaceStoichiometry;
            case ANODE_MEAN -> o.anodeStoichiometry;
            case CATHODE_MEAN -> o.cathodeStoichiometry;
            case SOC -> o.soc;
            case CORE_TEMPERATURE -> o.temperatureKelvin;
          };
      rows[row * OUTPUTS + t.ordinal()] = value / t.unit();
    }
  }

  private static PhysicsTerms terms(Charge c, double[] outputs) {
    return new PhysicsLoss(CELL, PLAIN, WEIGHTS)
        .add(c.batch(), outputs, OUTPUTS, new double[outputs.length]);
  }

  private static double[] noisy(Charge c, double share, long seed) {
    RandomGenerator random = SeededRandom.of(seed);
    double[] outputs = c.truth().clone();
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] += share * random.nextGaussian();
    }
    return outputs;
  }

  @Test
  void theTruthCostsNothing() {
    Charge c = charge();
    PhysicsTerms t = terms(c, c.truth());
    assertThat(t.lithium()).isZero();
    assertThat(t.sign()).isZero();
    assertThat(t.monotonicity()).isZero();
    // Rows of a group are 300 s apart: what means stand for moves by some mV beyond the free ones.
    assertThat(t.voltage()).isLessThan(1.0);
  }

  @Test
  void eachViolationCostsInItsTerm() {
    Charge c = charge();
    PhysicsTerms right = terms(c, c.truth());
    assertThat(terms(c, changed(c, Target.ANODE_MEAN, 2.0)).lithium()).isGreaterThan(0.3);
    assertThat(terms(c, changed(c, Target.CATHODE_SURFACE, 4.0)).voltage())
        .isGreaterThan(right.voltage() + 0.3);
    assertThat(terms(c, changed(c, Target.ANODE_POTENTIAL, 6.0)).voltage())
        .isGreaterThan(right.voltage() + 0.3);
    double[] inverted = c.truth().clone();
    double[] rising = c.truth().clone();
    for (int r = 0; r < ROWS + GROUPS; r++) {
      inverted[r * OUTPUTS + Target.ANODE_SURFACE.ordinal()] =
          inverted[r * OUTPUTS + Target.ANODE_MEAN.ordinal()] - 1.0;
      rising[r * OUTPUTS] += r >= ROWS ? 1.0 : 0.0;
    }
    assertThat(terms(c, inverted).sign()).isGreaterThan(0.3);
    assertThat(terms(c, rising).monotonicity()).isGreaterThan(0.05);
  }

  /** Every other row moved by so many units. */
  private static double[] changed(Charge c, Target t, double units) {
    double[] outputs = c.truth().clone();
    for (int r = 0; r < ROWS; r += 2) {
      outputs[r * OUTPUTS + t.ordinal()] += units;
    }
    return outputs;
  }

  @Test
  void gradientAgreesWithDifferences() {
    Charge c = charge();
    double[] outputs = noisy(c, 1.5, 4L);
    double[][] moments = plain();
    RandomGenerator random = SeededRandom.of(9L);
    for (int t = 0; t < Target.count(); t++) {
      moments[0][t] = random.nextDouble(-1, 1);
      moments[1][t] = random.nextDouble(0.5, 2);
      for (int r = 0; r < c.batch().size(); r++) {
        outputs[r * OUTPUTS + t] = (outputs[r * OUTPUTS + t] - moments[0][t]) / moments[1][t];
      }
    }
    PhysicsLoss loss = new PhysicsLoss(CELL, moments, WEIGHTS);
    double[] gradient = new double[outputs.length];
    PhysicsTerms all = loss.add(c.batch(), outputs, OUTPUTS, gradient);
    // Noise of one and a half units violates everything, so that every branch has a slope.
    assertThat(all.lithium()).isPositive();
    assertThat(all.voltage()).isPositive();
    assertThat(all.sign()).isPositive();
    assertThat(all.monotonicity()).isPositive();
    double h = 1e-5;
    int steep = 0;
    for (int i = 0; i < outputs.length; i++) {
      double[] moved = outputs.clone();
      moved[i] += h;
      double up = loss.add(c.batch(), moved, OUTPUTS, new double[moved.length]).weighted(WEIGHTS);
      moved[i] -= 2 * h;
      double down = loss.add(c.batch(), moved, OUTPUTS, new double[moved.length]).weighted(WEIGHTS);
      // Central differences of a smooth function: h² of its third derivative, and rounding / h.
      assertThat(gradient[i]).isCloseTo((up - down) / (2 * h), within(2e-6));
      steep += Math.abs(gradient[i]) > 1e-4 ? 1 : 0;
    }
    assertThat(steep).as("slopes that could be wrong").isGreaterThan(200);
  }

  @Test
  void deeplearning4jGetsTheSumOfBothGradients() {
    Nd4jSetup.prepare();
    Charge c = charge();
    int size = c.batch().size();
    INDArray output = Nd4j.create(noisy(c, 1.0, 5L), new long[] {size, OUTPUTS}, 'c').dup('f');
    INDArray labels = Nd4j.create(noisy(c, 1.0, 6L), new long[] {size, OUTPUTS}, 'c');
    PhysicsLoss physics = new PhysicsLoss(CELL, PLAIN, WEIGHTS);
    InformedLoss informed = new InformedLoss(NetworkBuilder.labelLoss(), physics);
    ActivationIdentity linear = new ActivationIdentity();
    INDArray plain = NetworkBuilder.labelLoss().computeGradient(labels, output, linear, null);
    assertThat(informed.computeGradient(labels, output, linear, null)).isEqualTo(plain);
    informed.enter(c.batch());
    INDArray both = informed.computeGradient(labels, output, linear, null);
    double[] alone = new double[size * OUTPUTS];
    PhysicsTerms terms = physics.add(c.batch(), output.dup('c').data().asDouble(), OUTPUTS, alone);
    assertThat(informed.takeTerms()).isEqualTo(terms);
    for (int r = 0; r < size; r++) {
      for (int o = 0; o < OUTPUTS; o++) {
        // Divided by all rows, probes included, it must be means over rows and over groups.
        double label = r < ROWS ? plain.getDouble(r, o) / ROWS : 0.0;
        assertThat(both.getDouble(r, o) / size)
            .isCloseTo(label + alone[r * OUTPUTS + o], within(1e-12));
      }
    }
  }

  @Test
  void aFitWithPhysicsViolatesLessAndRunsInTheLoopAsItWasTrained() {
    Nd4jSetup.prepare();
    Charge c = charge();
    PhysicsBatch b = c.batch();
    int size = b.size();
    double[] x = new double[size * 3];
    for (int r = 0; r < size; r++) {
      int row = r < ROWS ? r : b.probed()[r - ROWS];
      x[3 * r] = b.amps()[row] / 5.0 + (r < ROWS ? 0.0 : 0.2);
      x[3 * r + 1] = b.ampHours()[row];
      x[3 * r + 2] = 10.0 * (b.volts()[row] - 3.9) + (r < ROWS ? 0.0 : 0.3);
    }
    INDArray inputs = Nd4j.create(x, new long[] {size, 3}, DataType.DOUBLE);
    // Labels that are wrong by 3 % of stoichiometry and 30 mV, as few and bad data would teach.
    INDArray labels =
        Nd4j.create(scaled(noisy(c, 3.0, 7L)), new long[] {size, OUTPUTS}, DataType.DOUBLE);
    InformedLoss blind = new InformedLoss(NetworkBuilder.labelLoss(), physics(PhysicsTerms.NONE));
    InformedLoss seeing = new InformedLoss(NetworkBuilder.labelLoss(), physics(WEIGHTS));
    MultiLayerNetwork learned = fitted(blind, b, inputs, labels);
    MultiLayerNetwork informed = fitted(seeing, b, inputs, labels);
    PhysicsTerms without = blind.takeTerms();
    PhysicsTerms with = seeing.takeTerms();
    assertThat(with.lithium() + with.voltage())
        .isLessThan(0.7 * (without.lithium() + without.voltage()));
    DenseNetwork plain = new DenseNetwork(NetworkBuilder.layers(informed));
    INDArray own = informed.output(inputs);
    for (int r = 0; r < size; r++) {
      double[] y = plain.forward(java.util.Arrays.copyOfRange(x, 3 * r, 3 * r + 3));
      for (int o = 0; o < OUTPUTS; o++) {
        // Both are double precision: room for another tanh, not for another order.
        assertThat(y[o]).isCloseTo(own.getDouble(r, o), within(1e-6));
      }
    }
    assertThat(learned.output(inputs)).isNotEqualTo(own);
  }

  /** Of the order of one, as a trainer scales targets. */
  private static double[][] moments() {
    double[][] moments = new double[2][Target.count()];
    for (Target t : Target.values()) {
      boolean share = t.unit() == 0.01 && t != Target.ANODE_POTENTIAL;
      moments[0][t.ordinal()] = share ? 40.0 : t == Target.CORE_TEMPERATURE ? 298.0 : 10.0;
      moments[1][t.ordinal()] = share ? 20.0 : 5.0;
    }
    return moments;
  }

  private static PhysicsLoss physics(PhysicsTerms weights) {
    return new PhysicsLoss(CELL, moments(), weights);
  }

  private static double[] scaled(double[] outputs) {
    double[][] moments = moments();
    for (int i = 0; i < outputs.length; i++) {
      int t = i % OUTPUTS;
      if (t < Target.count()) {
        outputs[i] = (outputs[i] - moments[0][t]) / moments[1][t];
      }
    }
    return outputs;
  }

  /** Fits for 400 steps; the terms are those of the last. */
  private static MultiLayerNetwork fitted(
      InformedLoss loss, PhysicsBatch batch, INDArray inputs, INDArray labels) {
    MultiLayerNetwork net =
        NetworkBuilder.build(3, new FitSettings(24, 12, 0, 0, 1), 3e-3, 7L, loss);
    loss.enter(batch);
    for (int step = 0; step < 400; step++) {
      loss.takeTerms();
      net.fit(inputs, labels);
    }
    loss.enter(null);
    return net;
  }
}
