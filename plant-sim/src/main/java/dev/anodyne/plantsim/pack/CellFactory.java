package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import java.util.random.RandomGenerator.SplittableGenerator;

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

  /** Whether the cells have a heat balance. */
  boolean isThermal() {
    return options.thermal() == P2dOptions.Thermal.LUMPED;
  }

  /**
   * Draws all cells, at rest. Their states of charge are centred on the battery's.
   *
   * @param shared how all cells differ from the parameters
   * @param initialSoc state of charge of the battery, 0–1
   * @param ambientKelvin temperature of its surroundings
   * @param offsetKelvin how much warmer each cell's surroundings are
   */
  PackCell[] draw(
      CellVariation shared,
      CellSpread spread,
      AgeingSpread ageing,
      double initialSoc,
      double ambientKelvin,
      double[] offsetKelvin,
      SplittableGenerator random) {
    int count = variations.length;
    CellSpread.Draw[] draws = new CellSpread.Draw[count];
    double meanDeltaSoc = 0;
    for (int i = 0; i < count; i++) {
      SplittableGenerator own = random.split();
      draws[i] = spread.draw(own);
      AgeingSpread.Draw aged = ageing.draw(own);
      CellVariation made = CellMismatch.combine(shared, draws[i].variation());
      variations[i] = CellMismatch.combine(made, lossesOf(aged));
      seiGrowthM[i] = aged.seiGrowthM();
      meanDeltaSoc += draws[i].deltaSoc() / count;
    }
    PackCell[] cells = new PackCell[count];
    P2dModel[] models = models();
    for (int i = 0; i < count; i++) {
      double soc = initialSoc + draws[i].deltaSoc() - meanDeltaSoc;
      double kelvin = ambientKelvin + offsetKelvin[i] + draws[i].deltaKelvin();
      cells[i] = new PackCell(models[i], Math.max(0, Math.min(1, soc)), kelvin);
    }
    return cells;
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

  void setVariation(int i, CellVariation variation) {
    variations[i] = variation;
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
