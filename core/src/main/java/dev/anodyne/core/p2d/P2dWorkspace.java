package dev.anodyne.core.p2d;

import org.jspecify.annotations.Nullable;

/** All scratch arrays of a solve, made once by {@link P2dModel#newWorkspace}. Not thread-safe. */
public final class P2dWorkspace {
  /** Longest step, in sub-steps, that can be repeated. */
  private static final int MOST_REPEATED = 200;

  /** Iterate of the stage, in state layout. */
  final double[] y;

  /** State at the beginning of the sub-step and of the step. */
  final double[] start;

  final double[] saved;
  final double[] kept;

  /** What a stage adds to: y = rhs + γh f(y), differential entries. */
  final double[] rhs;

  /** y − rhs of each stage, differential entries. */
  final double[][] increment;

  /** φ_e, φ_s, j at the end of each stage. */
  final double[][] algebraic;

  /** Whether the held quantity goes on smoothly, so that rates may be extrapolated. */
  boolean smooth;

  /** Made by {@link #followOneCell}: how the last linear system answers a change of current. */
  @Nullable JumpGuess jumpGuess;

  final BlockTridiagonal matrix;
  final double[] delta;
  final double[] border;

  /** Of salt by diffusion, m/s, and of ions, S/m². */
  final Conductances salt;

  final Conductances ions;

  /** Flux of salt and ionic current through the face to the left of each node; 0 at the ends. */
  final double[] saltFlux;

  final double[] ionCurrent;

  /** Porosity and transport efficiency, frozen over a sub-step. */
  final double[] porosity;

  final double[] transport;

  /** Surface stoichiometry without the stage's own flux, with it, and OCP there. */
  final double[] surfaceBase;

  final double[] surface;
  final double[] openCircuit;
  final double[] openCircuitSlope;
  final double[] entropic;
  final double[] entropicSlope;

  /** Voltage over the film, V. */
  final double[] drop;

  /** ∂E/∂j with the surface following, at a fixed potential behind the film, V m²/A. */
  final double[] forceSlope;

  /** Current from the particles of a volume per electrode area, with its slopes; by volume. */
  final double[] source;

  final double[] sourcePotential;
  final double[] sourceSalt;

  /** The last Newton update of j. */
  final double[] deltaJ;

  /** Linearised kinetics: δj = potential (δφ_s−δφ_e) + salt δc_e + residual. */
  final double[] jPotential;

  final double[] jSalt;
  final double[] jResidual;

  /** The same for plating, j_Li, and its value. */
  final double[] lPotential;

  final double[] lSalt;
  final double[] lResidual;
  final double[] plating;

  /** The same for SEI, j_SEI, and its value. */
  final double[] sPotential;

  final double[] sSalt;
  final double[] sResidual;
  final double[] sei;

  /** j_SEI of the iterate's v less the iterate's own, and ∂j_SEI/∂v. */
  final double[] seiResidual;

  final double[] seiOver;

  /** Film resistance of the iterate at each anode node, Ω·m², and its derivative in j_SEI. */
  final double[] film;

  double filmPerCurrent;

  /** Dead-lithium rate at each anode node, 1/s, frozen over a sub-step. */
  final double[] deadRate;

  /** 1/(1 + γh λ_k D/R²) and the slope of surface stoichiometry in j, of both electrodes. */
  final double[] anodeDecay;

  final double[] cathodeDecay;

  /** g = ∂x/∂j of the surface stoichiometry at each node. */
  final double[] surfaceSlope;

  /** Particles whose diffusivity varies: see {@link VariableDiffusion}. Indexed by node. */
  final double[][] particleInverse;

  final double[][] particleNewton;
  final double[][] particleFlux;

  /** Temperature factors at the iterate's temperature. */
  double diffusivityFactor;

  double conductivityFactor;
  double anodeExchange;
  double cathodeExchange;
  double anodeDiffusionRate;
  double cathodeDiffusionRate;

  /** 1/r at the SEI's own potential, s/m, and 1/d, s/m²: see {@link SeiGrowth}. */
  double seiReactionInverse;

  double seiDiffusionInverse;

  /** Current density of the iterate, A/m², positive when charging. */
  double currentDensity;

  /** Length of the last accepted sub-step and of the next to try, s. */
  double subStepSeconds;

  double nextSeconds;

  /** A sub-step that has to be shorter fails, s; what may still be tried in this call. */
  double shortestSeconds;

  int triesLeft;
  int restartsLeft;

  /** Error up to which a sub-step is accepted, V. */
  double toleranceVolts;

  /** Length of the last step and of its accepted sub-steps, s; more than fit are only counted. */
  double stepSeconds;

  final double[] lengths = new double[MOST_REPEATED];
  int accepted;

  /** What stopped the last step. */
  CellLimit limit = CellLimit.NONE;

  /** How fast the held quantity changes within a sub-step, A/s, V/s or W/s. */
  double valuePerSecond;

  /** Charge and energy of the last sub-step, A·s and J, by the integration's own weights. */
  double subStepAmpSeconds;

  double subStepJoules;

  /** Size of the last Newton update. */
  double lastUpdate;

  /** Newton iterations and sub-steps since the workspace was made, rejected ones included. */
  long iterations;

  long subSteps;

  P2dWorkspace(P2dModel model) {
    int n = model.grid.nodes;
    int na = model.grid.anodeNodes;
    int size = model.layout.size;
    y = new double[size];
    start = new double[size];
    saved = new double[size];
    kept = new double[size];
    rhs = new double[model.layout.differential];
    increment = new double[Tableau.MAX_STAGES][model.layout.differential];
    algebraic = new double[Tableau.MAX_STAGES][3 * n];
    matrix = new BlockTridiagonal(n);
    Transport.constants(model, matrix);
    delta = new double[3 * n];
    border = new double[3 * n];
    salt = new Conductances(n);
    ions = new Conductances(n);
    porosity = new double[n];
    transport = new double[n];
    saltFlux = new double[n + 1];
    ionCurrent = new double[n + 1];
    surfaceBase = new double[n];
    surface = new double[n];
    openCircuit = new double[n];
    openCircuitSlope = new double[n];
    entropic = new double[n];
    entropicSlope = new double[n];
    drop = new double[n];
    forceSlope = new double[n];
    source = new double[n];
    sourcePotential = new double[n];
    sourceSalt = new double[n];
    deltaJ = new double[n];
    surfaceSlope = new double[n];
    particleInverse = variable(model, model.particle.count * model.particle.count);
    particleNewton = variable(model, model.particle.count);
    particleFlux = variable(model, model.particle.count);
    jPotential = new double[n];
    jSalt = new double[n];
    jResidual = new double[n];
    lPotential = new double[na];
    lSalt = new double[na];
    lResidual = new double[na];
    plating = new double[na];
    sPotential = new double[na];
    sSalt = new double[na];
    sResidual = new double[na];
    sei = new double[na];
    seiResidual = new double[na];
    seiOver = new double[na];
    film = new double[na];
    deadRate = new double[na];
    anodeDecay = new double[model.particle.count];
    cathodeDecay = new double[model.particle.count];
  }

  /** An array at each node of the electrodes whose diffusivity varies. */
  private static double[][] variable(P2dModel model, int length) {
    double[][] arrays = new double[model.grid.nodes][];
    for (int i = 0; i < arrays.length; i++) {
      boolean inAnode = i < model.anode.to && model.anode.variableDiffusivity;
      boolean inCathode = i >= model.cathode.from && model.cathode.variableDiffusivity;
      arrays[i] = new double[inAnode || inCathode ? length : 0];
    }
    return arrays;
  }

  /**
   * Lets first guesses use what this workspace did last: for one that serves one cell alone, step
   * after step. Results then depend on the workspace's own past, within the solver's tolerance.
   */
  public void followOneCell() {
    jumpGuess = new JumpGuess(jPotential.length);
  }

  /** Length of the last accepted sub-step, s. */
  public double subStepSeconds() {
    return subStepSeconds;
  }

  /** Charge that went into the cell in the last accepted sub-step, A·s. */
  public double subStepAmpSeconds() {
    return subStepAmpSeconds;
  }

  /** Energy that went into the cell at its terminals in the last accepted sub-step, J. */
  public double subStepJoules() {
    return subStepJoules;
  }

  /** Newton iterations of all solves so far. */
  public long newtonIterations() {
    return iterations;
  }

  /**
   * What the cell was at the end of when the last step ended with {@link SolveStatus#CELL_LIMIT};
   * {@link CellLimit#NONE} after any other.
   */
  public CellLimit limit() {
    return limit;
  }

  /** Sub-steps tried so far. */
  public long subStepsTried() {
    return subSteps;
  }
}
