package dev.anodyne.core.p2d;

/**
 * Where each unknown sits in a state's raw values. First what has a time derivative, then what is
 * algebraic, then notes of the integrator:
 *
 * <pre>T | c_e[n] | q anode[modes × n_a] | q cathode[modes × n_c] | c_Li[n_a] | c_dead[n_a]
 *   | SEI thickness m[n_a] | φ_e[n] | φ_s[n] | j[n] | current A | suggested step s
 *   | dT/dt | dc_e/dt[n] | dφ_e/dt[n] | dφ_s/dt[n] | dj/dt[n]</pre>
 *
 * Mode amplitudes are stored mode by mode, so that loops over nodes run over neighbours in memory.
 */
final class StateLayout {
  static final int T = 0;
  static final int C = 1;

  final int anodeModes;
  final int cathodeModes;
  final int plated;
  final int dead;

  /** SEI thickness at each anode node, m. */
  final int sei;

  /** Number of differential unknowns; they come first. */
  final int differential;

  final int phiE;
  final int phiS;
  final int j;
  final int current;
  final int suggestedStep;

  /** Rates at the end of the last sub-step, from which the next one's first guess comes. */
  final int rateT;

  final int ratePhiE;
  final int size;

  StateLayout(Grid grid, int modes) {
    anodeModes = C + grid.nodes;
    cathodeModes = anodeModes + modes * grid.anodeNodes;
    plated = cathodeModes + modes * grid.cathodeNodes;
    dead = plated + grid.anodeNodes;
    sei = dead + grid.anodeNodes;
    differential = sei + grid.anodeNodes;
    phiE = differential;
    phiS = phiE + grid.nodes;
    j = phiS + grid.nodes;
    current = j + grid.nodes;
    suggestedStep = current + 1;
    rateT = current + 2;
    ratePhiE = rateT + 1 + grid.nodes;
    size = ratePhiE + 3 * grid.nodes;
  }
}
