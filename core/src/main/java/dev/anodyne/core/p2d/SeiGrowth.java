package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.SeiData;

/** SEI grows as L dL/dt = V̄ D c/z, the same everywhere; j_SEI is its mean over the step. */
final class SeiGrowth {
  private SeiGrowth() {}

  static void freeze(P2dModel m, SeiData sei, double[] values, double h, P2dWorkspace w) {
    double thickness = values[m.layout.seiThickness];
    double factor =
        Constants.arrhenius(sei.activation(), m.cell().referenceKelvin(), values[StateLayout.T]);
    double rate =
        sei.molarVolumeM3()
            * sei.solventDiffusivity()
            * sei.solventConcentration()
            * factor
            / sei.lithiumPerSei();
    w.nextSeiThickness = Math.sqrt(thickness * thickness + 2 * rate * h);
    w.seiCurrent =
        -(w.nextSeiThickness - thickness)
            * Constants.FARADAY
            * sei.lithiumPerSei()
            / (sei.molarVolumeM3() * h);
    w.filmResistance = thickness * sei.resistivityOhmM();
    w.deadRate *= sei.initialThicknessM() / thickness;
  }
}
