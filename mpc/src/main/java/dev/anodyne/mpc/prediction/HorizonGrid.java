package dev.anodyne.mpc.prediction;

/**
 * How the horizon is cut: steps that grow geometrically from the control period, held together in
 * blocks of constant current ("moves") that grow too. Dense where the controller acts now, coarse
 * where it only has to look ahead. Immutable.
 */
public final class HorizonGrid {
  private final double[] stepSeconds;
  private final double[] stepEndSeconds;
  private final int[] moveOfStep;
  private final int[] lastStepOfMove;
  private final double[] moveStartSeconds;

  private HorizonGrid(double[] stepSeconds, int[] moveOfStep, int moves) {
    this.stepSeconds = stepSeconds;
    this.moveOfStep = moveOfStep;
    stepEndSeconds = new double[stepSeconds.length];
    lastStepOfMove = new int[moves];
    moveStartSeconds = new double[moves + 1];
    double end = 0.0;
    for (int k = 0; k < stepSeconds.length; k++) {
      end += stepSeconds[k];
      stepEndSeconds[k] = end;
      lastStepOfMove[moveOfStep[k]] = k;
      moveStartSeconds[moveOfStep[k] + 1] = end;
    }
  }

  /**
   * Lays out a horizon.
   *
   * @param periodSeconds first step, the control period, s
   * @param steps number of steps
   * @param moves number of moves, 1 … steps
   * @param horizonSeconds wanted length, s; the result is shorter or longer where steps that are at
   *     least a period and at most {@code maxStepSeconds} cannot give it
   * @param maxStepSeconds longest step, s
   */
  public static HorizonGrid of(
      double periodSeconds, int steps, int moves, double horizonSeconds, double maxStepSeconds) {
    double longest = Math.max(periodSeconds, maxStepSeconds);
    double low = 1.0;
    double high = 3.0;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      if (length(periodSeconds, middle, steps, longest) < horizonSeconds) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double[] dt = new double[steps];
    for (int k = 0; k < steps; k++) {
      dt[k] = Math.min(longest, periodSeconds * Math.pow(low, k));
    }
    return new HorizonGrid(dt, blocks(steps, moves), moves);
  }

  /** Blocks of 1, 1 + c, 1 + 2c … steps, rounded, so that all moves together cover all steps. */
  private static int[] blocks(int steps, int moves) {
    double growth = moves > 1 ? 2.0 * (steps - moves) / (moves * (moves - 1.0)) : 0.0;
    int[] moveOfStep = new int[steps];
    int next = 0;
    double exact = 0.0;
    for (int j = 0; j < moves; j++) {
      exact += 1.0 + growth * j;
      int end = j == moves - 1 ? steps : Math.max(next + 1, (int) Math.round(exact));
      while (next < Math.min(end, steps - (moves - 1 - j))) {
        moveOfStep[next++] = j;
      }
    }
    return moveOfStep;
  }

  private static double length(double period, double ratio, int steps, double longest) {
    double sum = 0.0;
    for (int k = 0; k < steps; k++) {
      sum += Math.min(longest, period * Math.pow(ratio, k));
    }
    return sum;
  }

  /** Number of steps. */
  public int steps() {
    return stepSeconds.length;
  }

  /** Number of moves. */
  public int moves() {
    return lastStepOfMove.length;
  }

  /** Length of every step, s. Not copied: do not change. */
  public double[] stepSeconds() {
    return stepSeconds;
  }

  /** Move of every step. Not copied: do not change. */
  public int[] moveOfStep() {
    return moveOfStep;
  }

  /** Length of a step, s. */
  public double stepSeconds(int step) {
    return stepSeconds[step];
  }

  /** End of a step, seconds from now. */
  public double stepEndSeconds(int step) {
    return stepEndSeconds[step];
  }

  /** Last step of a move. */
  public int lastStepOfMove(int move) {
    return lastStepOfMove[move];
  }

  /** Begin of a move, seconds from now. */
  public double moveStartSeconds(int move) {
    return moveStartSeconds[move];
  }

  /** Length of a move, s. */
  public double moveSeconds(int move) {
    return moveStartSeconds[move + 1] - moveStartSeconds[move];
  }

  /**
   * Time that the current has for the change at a move's start, s: the first step for the first
   * move, from middle to middle for the others. A ramp that crosses a boundary of two moves has the
   * same charge as their step when it may take this long.
   */
  public double changeSeconds(int move) {
    return move == 0 ? stepSeconds[0] : 0.5 * (moveSeconds(move - 1) + moveSeconds(move));
  }

  /** Length of the horizon, s. */
  public double horizonSeconds() {
    return stepEndSeconds[stepEndSeconds.length - 1];
  }
}
