package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.SeiData;

/** Charge that the side reactions have bound. */
final class SideLoss {
  private SideLoss() {}

  /** Lithium as metal, reversible and dead, A·h. */
  static double platingAmpHours(P2dModel model, double[] y) {
    if (model.plating == null) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < model.grid.anodeNodes; i++) {
      sum += model.grid.width[i] * (y[model.layout.plated + i] + y[model.layout.dead + i]);
    }
    return sum * model.cell().electrodeAreaM2() * Constants.FARADAY / 3600;
  }

  /** Lithium as metal that is cut off and will never be stripped, A·h. */
  static double deadAmpHours(P2dModel model, double[] y) {
    if (model.plating == null) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < model.grid.anodeNodes; i++) {
      sum += model.grid.width[i] * y[model.layout.dead + i];
    }
    return sum * model.cell().electrodeAreaM2() * Constants.FARADAY / 3600;
  }

  /** Lithium in the SEI beyond the fresh one, A·h: ∫ z F a (L − L₀)/V̄ over the anode's volume. */
  static double seiAmpHours(P2dModel model, double[] y) {
    SeiData sei = model.sei;
    if (sei == null) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < model.grid.anodeNodes; i++) {
      sum += model.grid.width[i] * (y[model.layout.sei + i] - sei.initialThicknessM());
    }
    return sum
        * model.anode.area
        * sei.chargePerThickness()
        * model.cell().electrodeAreaM2()
        / 3600;
  }
}
