package dev.anodyne.core.p2d;

/**
 * The right-hand side r of a linearised stage (names: {@link StageTangent}) for several columns
 * side by side: entry e of column p at {@code e * columns + p}. The part of r_q and of the mean
 * terms that comes from the stage's rhs is not in here, since {@link StageColumns} reads it there.
 */
final class StageForce {
  /** r_E by node; r_v, r_L, what r_Li and r_dead have beyond rhs, and s₀ by anode node. */
  final double[] charge;

  final double[] film;
  final double[] plating;
  final double[] metal;
  final double[] dead;
  final double[] sei;

  /** Salt and charge balances in block order; heat balance J; relative change of D. */
  final double[] balance;

  final double[] heat;
  final double[] anodeDiffusivity;
  final double[] cathodeDiffusivity;

  /** Change of the current density, A/m², and of the voltage at fixed potentials, V. */
  final double[] current;

  final double[] volts;

  /** Whether parameters add to it; otherwise r_E and the diffusivities are 0. */
  boolean parametric;

  StageForce(P2dModel m, int columns) {
    int n = m.grid.nodes * columns;
    int na = m.grid.anodeNodes * columns;
    charge = new double[n];
    film = new double[na];
    plating = new double[na];
    metal = new double[na];
    dead = new double[na];
    sei = new double[na];
    balance = new double[3 * n];
    heat = new double[columns];
    anodeDiffusivity = new double[columns];
    cathodeDiffusivity = new double[columns];
    current = new double[columns];
    volts = new double[columns];
  }

  /** Sets the first {@code columns} columns to zero. */
  void clear(P2dModel m, int columns) {
    int n = m.grid.nodes * columns;
    int na = m.grid.anodeNodes * columns;
    java.util.Arrays.fill(charge, 0, n, 0);
    java.util.Arrays.fill(balance, 0, 3 * n, 0);
    java.util.Arrays.fill(heat, 0, columns, 0);
    java.util.Arrays.fill(anodeDiffusivity, 0, columns, 0);
    java.util.Arrays.fill(cathodeDiffusivity, 0, columns, 0);
    java.util.Arrays.fill(current, 0, columns, 0);
    java.util.Arrays.fill(volts, 0, columns, 0);
    if (m.sideReactions) {
      java.util.Arrays.fill(film, 0, na, 0);
      java.util.Arrays.fill(plating, 0, na, 0);
      java.util.Arrays.fill(metal, 0, na, 0);
      java.util.Arrays.fill(dead, 0, na, 0);
      java.util.Arrays.fill(sei, 0, na, 0);
    }
  }

  /**
   * Adds another force of one column to a column of this one.
   *
   * @param one of one column. Not modified.
   */
  void add(P2dModel m, StageForce one, int column, int columns) {
    parametric = true;
    scatter(one.charge, charge, m.grid.nodes, column, columns);
    scatter(one.balance, balance, 3 * m.grid.nodes, column, columns);
    heat[column] += one.heat[0];
    anodeDiffusivity[column] += one.anodeDiffusivity[0];
    cathodeDiffusivity[column] += one.cathodeDiffusivity[0];
    current[column] += one.current[0];
    volts[column] += one.volts[0];
    if (m.sideReactions) {
      int na = m.grid.anodeNodes;
      scatter(one.film, film, na, column, columns);
      scatter(one.plating, plating, na, column, columns);
      scatter(one.metal, metal, na, column, columns);
      scatter(one.dead, dead, na, column, columns);
      scatter(one.sei, sei, na, column, columns);
    }
  }

  private static void scatter(double[] from, double[] to, int entries, int column, int columns) {
    for (int i = 0; i < entries; i++) {
      to[i * columns + column] += from[i];
    }
  }

  /** Scalar product of two forces of one column, as what λᵀ r is. */
  double dot(P2dModel m, StageForce other) {
    double sum =
        heat[0] * other.heat[0]
            + anodeDiffusivity[0] * other.anodeDiffusivity[0]
            + cathodeDiffusivity[0] * other.cathodeDiffusivity[0]
            + current[0] * other.current[0]
            + volts[0] * other.volts[0]
            + dot(charge, other.charge)
            + dot(balance, other.balance);
    if (m.sideReactions) {
      sum +=
          dot(film, other.film)
              + dot(plating, other.plating)
              + dot(metal, other.metal)
              + dot(dead, other.dead)
              + dot(sei, other.sei);
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
