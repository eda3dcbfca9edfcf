package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Curve;
import dev.anodyne.core.cell.Electrode;

/** One electrode of a model: its nodes and the constants its kernels need. */
final class Side {
  /** First node and one past the last. */
  final int from;

  final int to;

  /** Offset of its mode amplitudes in the state. */
  final int modes;

  final Electrode electrode;
  final Curve ocp;
  final Curve entropic;
  final boolean hasEntropy;

  /** a, 1/m. */
  final double area;

  /** Whether the diffusivity varies with stoichiometry; then modes are coupled. */
  final boolean variableDiffusivity;

  /** D/R² at the reference temperature, 1/s; 1/R² when D varies, 1/m². */
  final double diffusionRate;

  /** 3/(F R c_max), stoichiometry per second and A/m². */
  final double fluxScale;

  /** F K/√c_e0, so that j₀ = this √(c_e x (1−x)), A/m². */
  final double exchangeScale;

  Side(Electrode electrode, int from, int to, int modes, double referenceConcentration) {
    this.electrode = electrode;
    this.from = from;
    this.to = to;
    this.modes = modes;
    ocp = electrode.ocp();
    entropic = electrode.entropicChange();
    hasEntropy = !(entropic.isConstant() && entropic.value(0) == 0);
    area = electrode.surfaceAreaPerM();
    double radius = electrode.particleRadiusM();
    variableDiffusivity = !electrode.diffusivity().isConstant();
    diffusionRate =
        (variableDiffusivity ? 1 : electrode.diffusivity().value(0.5)) / (radius * radius);
    fluxScale = 3 / (Constants.FARADAY * radius * electrode.maximumConcentration());
    exchangeScale =
        Constants.FARADAY * electrode.reactionRate() / Math.sqrt(referenceConcentration);
  }
}
