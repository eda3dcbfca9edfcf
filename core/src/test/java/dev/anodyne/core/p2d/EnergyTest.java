package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** First and second law over random profiles of an adiabatic cell. */
class EnergyTest {
  private final P2dOutputs outputs = new P2dOutputs();

  /**
   * Work at the terminals = heat + what the electrodes store + mixing + film + side reactions, see
   * {@link EnergyBook}; relative to the work done against overpotentials. Some 1e-6 is left by
   * steps and quadrature. Where the OCP is a table, the quadrature over eight modes leaves up to
   * 1e-3: it is not close to a polynomial. Where the diffusivity varies, fourteen modes leave 1e-4.
   */
  private static final double SHARE = 5e-5;

  private static final double ROUGH_SHARE = 2e-3;
  private static final double VARYING_SHARE = 3e-4;

  /** What rounding of some 10⁵ J of stored energy may leave of a cell at rest, J. */
  private static final double ROUNDING = 1e-8;

  @Property(tries = 40)
  void workIsHeatAndStoredEnergy(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 3) List<@DoubleRange(min = -2, max = 2) Double> rates,
      @ForAll @DoubleRange(min = 0.25, max = 0.75) double soc) {
    balance(set, rates, soc, 40, 1);
  }

  /** Up to 3C, near depletion, and phases so short that eight modes are few: ten times as much. */
  @Tag("slow")
  @Property(tries = 400)
  void workIsHeatAndStoredEnergyInManyProfiles(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = -3, max = 3) Double> rates,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double soc,
      @ForAll @DoubleRange(min = 1, max = 120) double seconds) {
    balance(set, rates, soc, seconds, 10);
  }

  private void balance(
      ShippedCells set, List<Double> rates, double soc, double seconds, double allowance) {
    P2dModel model = set.adiabatic();
    if (!model.lumped) {
      return; // without a temperature there is nothing to hold the heat against
    }
    double ambient = model.cell().ambientKelvin();
    P2dState state = model.newState(soc, ambient);
    EnergyBook book = new EnergyBook(model, state);
    for (double rate : rates) {
      double amps = rate * model.cell().nominalCapacityAmpHours();
      if (!book.run(state, amps, seconds, ambient, outputs)) {
        return; // the cell's end
      }
    }
    double stored = book.storedJoules(state) - book.storedAtStart;
    double heat = model.heatCapacity * (model.temperatureKelvin(state) - ambient);
    double rest = book.work - book.mixing - book.film - book.side - stored - heat;
    double share =
        set == ShippedCells.OKANE2022_FULL
            ? ROUGH_SHARE
            : model.anode.variableDiffusivity ? VARYING_SHARE : SHARE;
    assertThat(Math.abs(rest))
        .as("work %s J, stored %s J, heat %s J", book.work, stored, heat)
        .isLessThan(allowance * share * book.gross + ROUNDING);
  }

  /**
   * Whatever the current and however the cell relaxes: charge transfer, conduction and diffusion
   * only ever dissipate. Each in the direction of its force, node by node and face by face; noise
   * is what Newton's method leaves, 50 µV.
   */
  @Property(tries = 60)
  void everyPartDissipates(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 5) List<@DoubleRange(min = -3, max = 3) Double> rates,
      @ForAll @DoubleRange(min = 0.1, max = 0.9) double soc,
      @ForAll @DoubleRange(min = 0.1, max = 60) double seconds) {
    P2dModel m = set.model();
    double ambient = m.cell().ambientKelvin();
    P2dState state = m.newState(soc, ambient);
    P2dWorkspace w = m.newWorkspace();
    EnergyBook book = new EnergyBook(m, state);
    for (double rate : rates) {
      double amps = rate * m.cell().nominalCapacityAmpHours();
      if (P2dStepper.step(m, state, P2dControl.CURRENT, amps, seconds, ambient, w, outputs)
          != SolveStatus.OK) {
        return;
      }
      double[] y = state.values();
      chargeTransferDissipates(m, w, y);
      conductionDissipates(m, y);
      assertThat(book.diffusionWatts(m.anode, y)).isGreaterThan(-1e-9);
      assertThat(book.diffusionWatts(m.cathode, y)).isGreaterThan(-1e-9);
    }
  }

  private static void chargeTransferDissipates(P2dModel m, P2dWorkspace w, double[] y) {
    for (Side side : List.of(m.anode, m.cathode)) {
      for (int i = side.from; i < side.to; i++) {
        double x = Particles.surface(m, side, y, i);
        double dT = y[StateLayout.T] - m.cell().referenceKelvin();
        double open = side.electrode.openCircuitVolts(x) + dT * side.entropic.value(x);
        double j = y[m.layout.j + i];
        double drop = 0;
        if (m.sideReactions && side == m.anode) {
          drop = w.film[i] * (j + w.plating[i] + w.sei[i]);
        }
        double eta = y[m.layout.phiS + i] - y[m.layout.phiE + i] - open - drop;
        assertThat(j * eta).as("node %s", i).isGreaterThanOrEqualTo(-Math.abs(j) * 5e-5);
      }
    }
  }

  /** i_e, what the solid does not carry, against the force χ T ∂ln c/∂x − ∂φ_e/∂x. */
  private static void conductionDissipates(P2dModel m, double[] y) {
    double density = y[m.layout.current] / m.cell().electrodeAreaM2();
    for (int i = 0; i + 1 < m.grid.nodes; i++) {
      double solid = -m.solidRight[i] * (y[m.layout.phiS + i + 1] - y[m.layout.phiS + i]);
      double ionic = -density - solid;
      double logarithm = Math.log(y[StateLayout.C + i + 1] / y[StateLayout.C + i]);
      double force =
          m.chi * y[StateLayout.T] * logarithm - (y[m.layout.phiE + i + 1] - y[m.layout.phiE + i]);
      assertThat(ionic * force)
          .as("face %s", i)
          .isGreaterThanOrEqualTo(-Math.abs(ionic) * 5e-5 - 1e-12);
    }
  }
}
