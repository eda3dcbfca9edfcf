package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VoltagePartsTest {
  /** A sum of a dozen terms of a few volts: ten times its rounding. */
  private static final double ROUNDING = 1e-13;

  /**
   * What a converged step leaves in the charge transfer: the last update is below 50 µV in the
   * potentials, or 0.05 K, worth 0.05/298 of an overpotential of 0.1 V.
   */
  private static final double SOLVER = 2e-5;

  private final P2dOutputs outputs = new P2dOutputs();
  private final VoltageParts parts = new VoltageParts();

  @Property(tries = 60)
  void partsSumUpToTheTerminalVoltage(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = -3, max = 3) Double> rates,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double soc) {
    P2dModel model = set.model();
    CellParameters cell = model.cell();
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(soc, cell.ambientKelvin());
    for (double rate : rates) {
      double amps = rate * cell.nominalCapacityAmpHours();
      if (P2dStepper.outputs(model, state, amps, workspace, outputs) != SolveStatus.OK) {
        return;
      }
      parts.readFrozen(model, workspace);
      assertThat(parts.sumVolts()).isCloseTo(outputs.voltageVolts, within(ROUNDING));
      SolveStatus status =
          P2dStepper.step(
              model, state, P2dControl.CURRENT, amps, 20, cell.ambientKelvin(), workspace, outputs);
      if (status != SolveStatus.OK) {
        return;
      }
      parts.read(model, state);
      assertThat(parts.sumVolts()).isCloseTo(outputs.voltageVolts, within(ROUNDING));
      reactionsFollowButlerVolmer(model, state);
      electrolyteFollowsOhm(model, state);
    }
  }

  /**
   * The reaction part, left over by the others, against 2RT/F asinh(j/2j₀) of the state's own j.
   */
  private void reactionsFollowButlerVolmer(P2dModel m, P2dState state) {
    double[] y = state.values();
    assertThat(parts.anodeReactionVolts).isCloseTo(-meanEta(m, m.anode, y), within(SOLVER));
    assertThat(parts.cathodeReactionVolts).isCloseTo(meanEta(m, m.cathode, y), within(SOLVER));
  }

  private static double meanEta(P2dModel m, Side side, double[] y) {
    CellParameters cell = m.cell();
    double t = y[StateLayout.T];
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      double x = Particles.surface(m, side, y, i);
      double salt = y[StateLayout.C + i] / cell.electrolyte().initialConcentration();
      double exchange =
          Constants.FARADAY
              * side.electrode.reactionRate()
              * Constants.arrhenius(
                  side.electrode.reactionRateActivation(), cell.referenceKelvin(), t)
              * Math.sqrt(salt * x * (1 - x));
      double z = y[m.layout.j + i] / (2 * exchange);
      double asinh = Math.signum(z) * Math.log(Math.abs(z) + Math.hypot(1, z));
      sum += m.grid.width[i] * 2 * Constants.GAS * t / Constants.FARADAY * asinh;
    }
    return sum / side.electrode.thicknessM();
  }

  /**
   * The ohmic part against ∫ i_e/(κB) between each pair of points, with i_e what the solid does not
   * carry. Charging current flows from cathode to anode, hence i_e + i_s = −i.
   */
  private void electrolyteFollowsOhm(P2dModel m, P2dState state) {
    double[] y = state.values();
    double[] potential = new double[m.grid.nodes];
    double[] diffusion = new double[m.grid.nodes];
    double density = y[m.layout.current] / m.cell().electrodeAreaM2();
    double t = y[StateLayout.T];
    for (int i = 0; i + 1 < m.grid.nodes; i++) {
      double solid = -m.solidRight[i] * (y[m.layout.phiS + i + 1] - y[m.layout.phiS + i]);
      double resistance = resistance(m, y, i, t);
      double left = y[StateLayout.C + i];
      double right = y[StateLayout.C + i + 1];
      diffusion[i + 1] = diffusion[i] + 2 * m.chi * t * (right - left) / (right + left);
      potential[i + 1] = potential[i] - (-density - solid) * resistance;
    }
    double ohmic = betweenElectrodes(m, potential);
    double concentration = betweenElectrodes(m, diffusion);
    assertThat(parts.electrolyteConcentrationVolts + parts.electrolyteOhmicVolts)
        .isCloseTo(concentration + ohmic, within(SOLVER));
    // ln(c_r/c_l) against the model's 2 (c_r−c_l)/(c_r+c_l): 0.1 mV near depletion on 27 nodes.
    assertThat(parts.electrolyteOhmicVolts).isCloseTo(ohmic, within(5e-4));
  }

  private static double betweenElectrodes(P2dModel m, double[] v) {
    double difference = 0;
    for (int i = m.anode.from; i < m.anode.to; i++) {
      difference -= m.grid.width[i] * v[i] / m.cell().anode().thicknessM();
    }
    for (int i = m.cathode.from; i < m.cathode.to; i++) {
      difference += m.grid.width[i] * v[i] / m.cell().cathode().thicknessM();
    }
    return difference;
  }

  /** Between two nodes: by the mean of Bκ within a region, half volumes in series across a jump. */
  private static double resistance(P2dModel m, double[] y, int i, double t) {
    double left = ionicConductivity(m, y, i, t);
    double right = ionicConductivity(m, y, i + 1, t);
    boolean jump = i == m.anode.to - 1 || i == m.cathode.from - 1;
    return jump
        ? m.grid.width[i] / (2 * left) + m.grid.width[i + 1] / (2 * right)
        : (m.grid.width[i] + m.grid.width[i + 1]) / (left + right);
  }

  private static double ionicConductivity(P2dModel m, double[] y, int i, double t) {
    var e = m.cell().electrolyte();
    double kappa =
        e.conductivity().value(y[StateLayout.C + i])
            * Constants.arrhenius(e.conductivityActivation(), m.cell().referenceKelvin(), t)
            * Math.pow(t / m.cell().referenceKelvin(), e.conductivityTemperatureExponent());
    double b = m.transport[i];
    if (i < m.anode.to) {
      b *= Math.pow(m.porosityAt(y, i) / m.porosity[i], m.anodeTransportExponent);
    }
    return b * kappa;
  }

  /** Signs on a charge at 1C, and the sizes that Chen et al. (2020) and common sense expect. */
  @Test
  void everyOverpotentialOfAChargeIsPositive() {
    P2dModel model = ShippedCells.LGM50_FULL.model();
    P2dState state = model.newState(0.5, 298.15);
    P2dWorkspace workspace = model.newWorkspace();
    P2dStepper.step(model, state, P2dControl.CURRENT, 5, 600, 298.15, workspace, outputs);
    parts.read(model, state);
    for (double part :
        new double[] {
          parts.anodeParticleVolts,
          parts.cathodeParticleVolts,
          parts.anodeReactionVolts,
          parts.cathodeReactionVolts,
          parts.filmVolts,
          parts.electrolyteConcentrationVolts,
          parts.electrolyteOhmicVolts,
          parts.solidOhmicVolts
        }) {
      assertThat(part).isBetween(1e-5, 0.1);
    }
    assertThat(parts.openCircuitVolts)
        .isCloseTo(
            model.cell().openCircuitVolts(model.soc(state)),
            within(2e-3)); // side reactions and the entropic term, 1 K
    assertThat(parts.contactVolts).isZero();
  }

  /** After a long rest only the open-circuit voltage is left. */
  @Test
  void atRestNothingIsLeftButTheOpenCircuitVoltage() {
    P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL);
    P2dState state = model.newState(0.5, 298.15);
    P2dWorkspace workspace = model.newWorkspace();
    P2dStepper.step(model, state, P2dControl.CURRENT, 5, 60, 298.15, workspace, outputs);
    P2dStepper.step(model, state, P2dControl.CURRENT, 0, 4e5, 298.15, workspace, outputs);
    parts.read(model, state);
    // Four days are a hundred times the slowest relaxation (through the electrodes).
    assertThat(parts.openCircuitVolts).isCloseTo(outputs.voltageVolts, within(1e-5));
    assertThat(parts.anodeReactionVolts).isCloseTo(0, within(1e-5));
  }

  @Test
  void readingAllocatesNothing() {
    P2dModel model = ShippedCells.LGM50_FULL.model();
    P2dState state = model.newState(0.5, 298.15);
    P2dWorkspace workspace = model.newWorkspace();
    P2dStepper.step(model, state, P2dControl.CURRENT, 5, 10, 298.15, workspace, outputs);
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 100; i++) {
      parts.read(model, state);
    }
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < 1000; i++) {
      parts.read(model, state);
    }
    // The bean's own call may allocate a few bytes; one double a read would be 16 kB.
    assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
        .isLessThan(2000);
  }
}
