package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.PlatingData;
import dev.anodyne.core.cell.SeiData;

/**
 * Side reactions and film of a converged stage, linearised at one anode node (equations: {@link
 * SideReactions}, {@link Plating}, {@link SeiGrowth}).
 */
final class SideTangent {
  private static final double LARGEST_EXPONENT = 80;

  private SideTangent() {}

  /** Fills l…, s… and how the film divides a voltage; the intercalation is there already. */
  static void linearise(StageTangent s, int i) {
    P2dModel m = s.m;
    double total = KineticTangent.total(s, i);
    double film = s.film[i];
    double v = s.y[m.layout.phiS + i] - s.y[m.layout.phiE + i] - film * total;
    if (m.plating != null) {
      plating(s, m.plating, i, v);
    }
    if (m.sei != null) {
      sei(s, m.sei, i, v);
    }
    double growing = film + total * filmPerCurrent(s);
    double own = s.lPhi[i] - s.jOwn[i];
    double k = 1 / (1 + film * own + growing * s.sPhi[i]);
    double all = k * (own + s.sPhi[i]);
    s.growing[i] = growing;
    s.divider[i] = k;
    s.sumPhi[i] = all;
    s.sumOwn[i] = 1 - all * film;
    s.sumSei[i] = 1 - all * growing;
  }

  /** dR_f/dj_SEI within the stage: −γh ρ V̄/(z F). */
  static double filmPerCurrent(StageTangent s) {
    SeiData sei = s.m.sei;
    return sei == null ? 0 : -s.gh * sei.resistivityOhmM() / sei.chargePerThickness();
  }

  private static void plating(StageTangent s, PlatingData data, int i, double v) {
    P2dModel m = s.m;
    double t = s.y[StateLayout.T];
    double f = Constants.FARADAY / (Constants.GAS * t);
    double ap = data.transferCoefficient();
    double k = Constants.FARADAY * data.rateConstant();
    double plate = k * Math.exp(Math.min(LARGEST_EXPONENT, -ap * f * v));
    double strip = 0;
    double keep = 1;
    if (!s.allDead) {
      strip = k * Math.exp(Math.min(LARGEST_EXPONENT, (1 - ap) * f * v));
      keep = 1 / (1 + s.gh * s.record.deadRate[i]);
    }
    double salt = s.y[StateLayout.C + i];
    double metal = s.y[m.layout.plated + i];
    double drive = f * (metal * (1 - ap) * strip + Salt.positive(salt) * ap * plate);
    double own = 1 / (1 + strip * keep * s.gh * m.anode.area / Constants.FARADAY);
    s.keep[i] = keep;
    s.lMetal[i] = strip;
    s.lOwn[i] = own;
    s.lPhi[i] = own * drive;
    s.lSalt[i] = -own * plate * Salt.slope(salt);
    s.lHeat[i] = -own * drive * v / t;
  }

  private static void sei(StageTangent s, SeiData data, int i, double v) {
    P2dModel m = s.m;
    double t = s.y[StateLayout.T];
    double factor = Constants.arrhenius(data.activation(), m.cell().referenceKelvin(), t);
    double diffusion = data.diffusionInverse() / factor;
    double reaction = 0;
    double exponent = 0;
    double perVolt = 0;
    if (data.reactionInverse() > 0) {
      perVolt = data.law().transferCoefficient() * Constants.FARADAY / (Constants.GAS * t);
      exponent = perVolt * (v - data.law().openCircuitVolts());
      exponent = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
      reaction = data.reactionInverse() / factor * Math.exp(exponent);
    }
    double before = s.rhs[m.layout.sei + i];
    double b = reaction + before * diffusion;
    double root = Math.sqrt(b * b + 4 * s.gh * diffusion);
    double rate = 2 / (b + root);
    double slope = data.chargePerThickness() * rate / root;
    double thickness = before + s.gh * rate;
    double activation = data.activation() / (Constants.GAS * t * t);
    s.sPhi[i] = slope * reaction * perVolt;
    s.sThickness[i] = slope * diffusion;
    s.sRate[i] = -slope * (reaction + thickness * diffusion);
    s.sHeat[i] = s.sRate[i] * activation - slope * reaction * exponent / t;
  }
}
