package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;

/** The models of a battery's cells: what they have in common, and how each differs. */
final class CellFactory {
  private final P2dOptions options;
  private final CellVariation[] variations;
  private final double[] seiGrowthM;
  private CellParameters common;

  CellFactory(CellParameters common, P2dOptions options, int count) {
    this.common = common;
    this.options = options;
    variations = new CellVariation[count];
    seiGrowthM = new double[count];
  }

  /** Fixes how a cell differs at the start. */
  void vary(int i, CellVariation shared, CellSpread.Draw draw, AgeingSpread.Draw aged) {
    CellVariation made = CellMismatch.combine(shared, draw.variation());
    variations[i] = CellMismatch.combine(made, lossesOf(aged));
    seiGrowthM[i] = aged.seiGrowthM();
  }

  private static CellVariation lossesOf(AgeingSpread.Draw aged) {
    return new CellVariation(
        1,
        aged.resistanceOhm(),
        1,
        1,
        1,
        1,
        1,
        1,
        aged.lossOfLithium(),
        aged.lossOfAnode(),
        aged.lossOfCathode(),
        1);
  }

  /** Makes a cell differ more. */
  void vary(int i, CellVariation more) {
    variations[i] = CellMismatch.combine(variations[i], more);
  }

  void setHeatTransfer(double wattsPerM2Kelvin) {
    common = common.withHeatTransfer(wattsPerM2Kelvin);
  }

  CellVariation variation(int i) {
    return variations[i];
  }

  double seiGrowthM(int i) {
    return seiGrowthM[i];
  }

  /** The model of one cell. */
  P2dModel model(int i) {
    return P2dModel.of(common.withSeiGrowth(seiGrowthM[i]).with(variations[i]), options);
  }

  /** The models of all cells; neighbours with equal parameters share one immutable model. */
  P2dModel[] models() {
    P2dModel[] models = new P2dModel[variations.length];
    for (int i = 0; i < models.length; i++) {
      boolean same =
          i > 0 && variations[i].equals(variations[i - 1]) && seiGrowthM[i] == seiGrowthM[i - 1];
      models[i] = same ? models[i - 1] : model(i);
    }
    return models;
  }
}
