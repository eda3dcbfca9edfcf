package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Curve;
import org.jspecify.annotations.Nullable;

/**
 * The particles of a converged stage, linearised: J = I − γh ∂f/∂q (diagonal where the diffusivity
 * is constant), and what a relative change of the diffusivity does: J δq = γh f_D δ(ln D) with f_D
 * the diffusive part of dq/dt.
 */
final class ParticleTangent {
  private ParticleTangent() {}

  static void linearise(StageTangent s, Side side, double[] decay) {
    P2dModel m = s.m;
    double t = s.y[StateLayout.T];
    double activation = side.electrode.diffusivityActivation();
    double slope = activation / (Constants.GAS * t * t);
    if (side == m.anode) {
      s.anodeRateSlope = slope;
    } else {
      s.cathodeRateSlope = slope;
    }
    double rate =
        s.gh * side.diffusionRate * Constants.arrhenius(activation, m.cell().referenceKelvin(), t);
    if (side.variableDiffusivity) {
      variable(s, side, rate);
    } else {
      constant(s, side, rate, decay);
    }
  }

  private static void constant(StageTangent s, Side side, double rate, double[] decay) {
    P2dModel m = s.m;
    double[] v = m.particle.surface;
    int n = side.to - side.from;
    java.util.Arrays.fill(s.surface, side.from, side.to, 0);
    java.util.Arrays.fill(s.surfaceChange, side.from, side.to, 0);
    double g = 0;
    for (int k = 0; k < decay.length; k++) {
      double move = -rate * m.particle.lambda[k];
      decay[k] = 1 / (1 - move);
      g += v[k] * v[k] * decay[k];
      double f = v[k] * decay[k];
      int at = side.modes + k * n;
      for (int i = 0; i < n; i++) {
        double change = move * s.y[at + i];
        s.change[at + i] = change;
        s.surface[side.from + i] += v[k] * s.y[at + i];
        s.surfaceChange[side.from + i] += f * change;
      }
    }
    java.util.Arrays.fill(s.surfaceSlope, side.from, side.to, -s.fluxScale(side) * g);
  }

  private static void variable(StageTangent s, Side side, double rate) {
    P2dModel m = s.m;
    double[] v = m.particle.surface;
    int modes = m.particle.count;
    int n = side.to - side.from;
    double scale = s.fluxScale(side);
    for (int i = side.from; i < side.to; i++) {
      double[] inverse = s.inverse[i];
      assemble(s, side, i, rate, inverse);
      VariableDiffusion.invert(inverse, modes);
      double j = s.y[m.layout.j + i];
      double x = 0;
      for (int k = 0; k < modes; k++) {
        int at = side.modes + k * n + i - side.from;
        s.change[at] = s.y[at] - s.rhs[at] + scale * v[k] * j;
        x += v[k] * s.y[at];
      }
      double g = 0;
      double moved = 0;
      for (int k = 0; k < modes; k++) {
        for (int l = 0; l < modes; l++) {
          double f = v[k] * inverse[k * modes + l];
          g += f * v[l];
          moved += f * s.change[side.modes + l * n + i - side.from];
        }
      }
      s.surface[i] = x;
      s.surfaceSlope[i] = -scale * g;
      s.surfaceChange[i] = moved;
    }
  }

  /** J = I + γh (1/R²) ∫ 3 r² v_k' (D v_l' + D' x' v_l) dr. */
  private static void assemble(StageTangent s, Side side, int node, double rate, double[] matrix) {
    ParticleModes p = s.m.particle;
    Curve diffusivity = side.electrode.diffusivity();
    int n = side.to - side.from;
    int modes = p.count;
    java.util.Arrays.fill(matrix, 0);
    for (int k = 0; k < modes; k++) {
      matrix[k * modes + k] = 1;
    }
    for (int point = 0; point < p.weight.length; point++) {
      double[] v = p.value[point];
      double[] dv = p.slope[point];
      double x = 0;
      double dx = 0;
      for (int k = 0; k < modes; k++) {
        double q = s.y[side.modes + k * n + node - side.from];
        x += v[k] * q;
        dx += dv[k] * q;
      }
      double inside = Math.max(0, Math.min(1, x));
      double d = rate * p.weight[point] * diffusivity.value(inside);
      double slope = inside == x ? rate * p.weight[point] * diffusivity.slope(inside) * dx : 0;
      for (int k = 1; k < modes; k++) {
        for (int l = 0; l < modes; l++) {
          matrix[k * modes + l] += dv[k] * (d * dv[l] + slope * v[l]);
        }
      }
    }
  }

  /**
   * x̂ = v(1)ᵀ J⁻¹ r_q of every column.
   *
   * @param rq entries by columns, in state layout. Not modified.
   * @param base Modified: by node and column.
   */
  static void surface(StageTangent s, Side side, double[] rq, double[] base, int columns) {
    int n = side.to - side.from;
    int from = side.from * columns;
    int to = side.to * columns;
    java.util.Arrays.fill(base, from, to, 0);
    if (side.variableDiffusivity) {
      variableSurface(s, side, rq, base, columns);
      return;
    }
    double[] decay = s.decay(side);
    for (int k = 0; k < decay.length; k++) {
      double f = s.m.particle.surface[k] * decay[k];
      int shift = (side.modes + k * n) * columns - from;
      for (int q = from; q < to; q++) {
        base[q] += f * rq[shift + q];
      }
    }
  }

  private static void variableSurface(
      StageTangent s, Side side, double[] rq, double[] base, int columns) {
    int n = side.to - side.from;
    int modes = s.m.particle.count;
    for (int i = side.from; i < side.to; i++) {
      for (int l = 0; l < modes; l++) {
        double f = transposedSurface(s, i, l);
        int at = (side.modes + l * n + i - side.from) * columns;
        for (int p = 0; p < columns; p++) {
          base[i * columns + p] += f * rq[at + p];
        }
      }
    }
  }

  /** (J⁻ᵀ v(1))_l of a node. */
  static double transposedSurface(StageTangent s, int node, int l) {
    int modes = s.m.particle.count;
    double f = 0;
    for (int k = 0; k < modes; k++) {
      f += s.m.particle.surface[k] * s.inverse[node][k * modes + l];
    }
    return f;
  }

  /**
   * δq = J⁻¹ (r_q − γh (3/(F R c_max)) v(1) δj + γh f_D δ(ln D)).
   *
   * @param dj δj without what δT does to it, by node and column. Not modified.
   * @param kelvin δT, by column. Not modified.
   * @param lnD relative change of the diffusivity beyond δT's, by column, if there is any. Not
   *     modified.
   * @param out Modified: entries by columns.
   */
  static void modes(
      StageTangent s,
      Side side,
      double[] rq,
      double[] dj,
      double[] kelvin,
      double @Nullable [] lnD,
      double[] out,
      int columns) {
    int n = side.to - side.from;
    if (side.variableDiffusivity) {
      variableModes(s, side, rq, dj, kelvin, lnD, out, columns);
      return;
    }
    double slope = s.rateSlope(side);
    double[] decay = s.decay(side);
    for (int k = 0; k < decay.length; k++) {
      double keep = decay[k];
      double f = keep * s.fluxScale(side) * s.m.particle.surface[k];
      for (int i = 0; i < n; i++) {
        int entry = side.modes + k * n + i;
        double change = keep * s.change[entry];
        double heat = slope * change - f * s.jKelvin[side.from + i];
        int at = entry * columns;
        int node = (side.from + i) * columns;
        for (int p = 0; p < columns; p++) {
          out[at + p] = keep * rq[at + p] - f * dj[node + p] + heat * kelvin[p];
        }
        for (int p = 0; lnD != null && p < columns; p++) {
          out[at + p] += change * lnD[p];
        }
      }
    }
  }

  private static void variableModes(
      StageTangent s,
      Side side,
      double[] rq,
      double[] dj,
      double[] kelvin,
      double @Nullable [] lnD,
      double[] out,
      int columns) {
    int n = side.to - side.from;
    int modes = s.m.particle.count;
    double slope = s.rateSlope(side);
    double scale = s.fluxScale(side);
    for (int i = side.from; i < side.to; i++) {
      double[] inverse = s.inverse[i];
      int first = side.modes + i - side.from;
      for (int k = 0; k < modes; k++) {
        int at = (first + k * n) * columns;
        java.util.Arrays.fill(out, at, at + columns, 0);
        for (int l = 0; l < modes; l++) {
          double f = inverse[k * modes + l];
          double flux = scale * s.m.particle.surface[l];
          double change = s.change[first + l * n];
          double heat = slope * change - flux * s.jKelvin[i];
          int in = (first + l * n) * columns;
          for (int p = 0; p < columns; p++) {
            out[at + p] += f * (rq[in + p] - flux * dj[i * columns + p] + heat * kelvin[p]);
          }
          for (int p = 0; lnD != null && p < columns; p++) {
            out[at + p] += f * change * lnD[p];
          }
        }
      }
    }
  }
}
