package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Finds the weakest cells of a battery and the property in which they differ the most. */
final class Weakness {
  private final Pack pack;
  private final CellFactory factory;

  Weakness(Pack pack, CellFactory factory) {
    this.pack = pack;
    this.factory = factory;
  }

  WeakCell weakest(WeakCell.Quantity quantity) {
    int worst = 0;
    double sum = 0;
    for (int i = 0; i < pack.cellCount(); i++) {
      double value = value(quantity, i);
      sum += value;
      if ((value - value(quantity, worst)) * quantity.direction() > 0) {
        worst = i;
      }
    }
    int parallel = pack.layout().parallel();
    return new WeakCell(
        quantity,
        worst,
        worst / parallel,
        worst % parallel,
        value(quantity, worst),
        sum / pack.cellCount(),
        reason(worst));
  }

  private double value(WeakCell.Quantity quantity, int cell) {
    P2dOutputs o = pack.outputs(cell);
    return switch (quantity) {
      case ANODE_POTENTIAL -> o.anodePotentialVolts;
      case LOW_VOLTAGE, HIGH_VOLTAGE -> o.voltageVolts;
      case TEMPERATURE -> o.temperatureKelvin;
      case LOW_SOC, HIGH_SOC -> o.soc;
    };
  }

  /** Deviations in standard deviations that are equal but for rounding: the first one counts. */
  private static final double TIE = 1.001;

  /**
   * A property of the cells; the cell's is compared with the others' in standard deviations.
   *
   * @param least a deviation below this is not worth a word
   */
  private record Property(
      String words, String format, double scale, double least, IntToDoubleFunction of) {}

  /** How a cell differs the most from the others. Causes come before their consequences. */
  String reason(int cell) {
    double most = 0;
    String reason = "it does not differ from the others";
    for (Property p : properties()) {
      double mean = 0;
      double square = 0;
      int n = pack.cellCount();
      for (int i = 0; i < n; i++) {
        double v = p.of().applyAsDouble(i);
        mean += v / n;
        square += v * v / n;
      }
      double sigma = Math.sqrt(Math.max(0, square - mean * mean));
      double deviation = p.of().applyAsDouble(cell) - mean;
      // Below this the spread is rounding.
      if (sigma > 1e-9 * Math.abs(mean)
          && Math.abs(deviation) > p.least()
          && Math.abs(deviation) / sigma > TIE * most) {
        most = Math.abs(deviation) / sigma;
        String by = String.format(Locale.ROOT, p.format(), deviation * p.scale());
        reason = String.format(Locale.ROOT, "%s %s from the mean (%.1f σ)", p.words(), by, most);
      }
    }
    return reason;
  }

  private Property[] properties() {
    return new Property[] {
      share("capacity", CellVariation::capacityFactor),
      new Property(
          "series resistance", "%+.2f mΩ", 1e3, 0, i -> factory.variation(i).seriesResistanceOhm()),
      share("anode diffusivity", CellVariation::anodeDiffusivityFactor),
      share("cathode diffusivity", CellVariation::cathodeDiffusivityFactor),
      share("anode exchange current", CellVariation::anodeExchangeFactor),
      share("cathode exchange current", CellVariation::cathodeExchangeFactor),
      share("heat transfer", CellVariation::heatTransferFactor),
      share("loss of lithium", CellVariation::lossOfLithiumInventory),
      share("loss of anode material", CellVariation::lossOfAnodeMaterial),
      share("loss of cathode material", CellVariation::lossOfCathodeMaterial),
      new Property("SEI", "%+.1f nm", 1e9, 0, factory::seiGrowthM),
      new Property("state of charge", "%+.2f %%", 100, 1e-4, i -> pack.outputs(i).soc),
      new Property("temperature", "%+.2f K", 1, 0.01, i -> pack.outputs(i).temperatureKelvin),
    };
  }

  private Property share(String words, java.util.function.ToDoubleFunction<CellVariation> of) {
    return new Property(words, "%+.2f %%", 100, 0, i -> of.applyAsDouble(factory.variation(i)));
  }
}
