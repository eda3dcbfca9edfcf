package dev.anodyne.core.p2d;

/**
 * A converged sub-step of the two-stage method: everything that linearising it takes, and nothing
 * of how it was solved. Filled by {@link HorizonStepper}, read by {@link StageTangent} and {@link
 * SlowTangent}; made once and reused.
 */
final class SubStepRecord {
  /** Length h and γh, s. */
  double seconds;

  double gammaSeconds;

  /** Current density A/m², positive when charging; ambient temperature K. */
  double currentDensity;

  double ambientKelvin;

  /** SEI thickness m and dead-lithium rate 1/s of the beginning at each anode node. */
  final double[] thickness;

  final double[] deadRate;

  /** Porosity and transport efficiency, frozen, at each node. */
  final double[] porosity;

  final double[] transport;

  /** Porosity of the anode's nodes that belongs to the end. */
  final double[] endPorosity;

  /** Solution (differential and algebraic entries), rhs, j_Li and j_SEI of each stage. */
  final double[][] y;

  final double[][] rhs;
  final double[][] plating;
  final double[][] sei;

  SubStepRecord(P2dModel m) {
    int n = m.grid.nodes;
    int na = m.grid.anodeNodes;
    int stages = Tableau.SDIRK2.stages;
    thickness = new double[na];
    deadRate = new double[na];
    porosity = new double[n];
    transport = new double[n];
    endPorosity = new double[na];
    y = new double[stages][m.layout.current];
    rhs = new double[stages][m.layout.differential];
    plating = new double[stages][na];
    sei = new double[stages][na];
  }

  /** Takes over what {@link SubStep#begin} has frozen. */
  void begin(P2dModel m, P2dWorkspace w, double h, double gh, double ambient) {
    seconds = h;
    gammaSeconds = gh;
    currentDensity = w.currentDensity;
    ambientKelvin = ambient;
    System.arraycopy(w.start, m.layout.sei, thickness, 0, thickness.length);
    System.arraycopy(w.deadRate, 0, deadRate, 0, deadRate.length);
    System.arraycopy(w.porosity, 0, porosity, 0, porosity.length);
    System.arraycopy(w.transport, 0, transport, 0, transport.length);
  }

  /** Takes over a finished stage. */
  void stage(P2dWorkspace w, int s) {
    System.arraycopy(w.y, 0, y[s], 0, y[s].length);
    System.arraycopy(w.rhs, 0, rhs[s], 0, rhs[s].length);
    System.arraycopy(w.plating, 0, plating[s], 0, plating[s].length);
    System.arraycopy(w.sei, 0, sei[s], 0, sei[s].length);
  }

  /** Takes over what belongs to the committed state. */
  void end(P2dModel m, double[] state) {
    for (int i = 0; i < endPorosity.length; i++) {
      endPorosity[i] = m.porosityAt(state, i);
    }
  }
}
