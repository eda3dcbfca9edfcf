package dev.anodyne.controller.lab;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.mpc.baseline.CellResistance;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.AgeingSpread.Share;
import dev.anodyne.plantsim.pack.CellMismatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a battery's life has taken: the key {@code aged} of a plant file and the entries of {@code
 * --aged}'s file. Every value is a number or {@code [low, high]}, drawn from the seed.
 *
 * @param capacity share of the fresh capacity that is left, reached by loss of lithium; not
 *     together with lossOfLithium
 * @param resistance DC resistance against the fresh cell's (10 s at 1C, half charge, 25 °C), at
 *     least 1; the difference is added in series
 * @param resistanceOhm resistance added in series, Ω
 * @param lossOfLithium share of the cyclable lithium that is lost
 * @param lossOfAnode share of the anode's active material that is lost
 * @param lossOfCathode share of the cathode's active material that is lost
 * @param seiGrowthM how much thicker the SEI is, m: film resistance and filled pores
 * @param anodeDiffusivity factor on the anode's solid diffusivity
 * @param cathodeDiffusivity factor on the cathode's solid diffusivity
 * @param anodeExchange factor on the anode's exchange current
 * @param cathodeExchange factor on the cathode's exchange current
 * @param electrolyteConductivity factor on the electrolyte's conductivity
 */
record AgedCell(
    @Nullable Between capacity,
    @Nullable Between resistance,
    @Nullable Between resistanceOhm,
    @Nullable Between lossOfLithium,
    @Nullable Between lossOfAnode,
    @Nullable Between lossOfCathode,
    @Nullable Between seiGrowthM,
    @Nullable Between anodeDiffusivity,
    @Nullable Between cathodeDiffusivity,
    @Nullable Between anodeExchange,
    @Nullable Between cathodeExchange,
    @Nullable Between electrolyteConductivity) {
  private static final double REFERENCE_KELVIN = 298.15;
  private static final double PULSE_SECONDS = 10;

  /** "aged" in ASCII: the draws of mismatch and noise are others. */
  private static final long STREAM = 0x61676564L << 32;

  /** Halvings of the interval in which the lost lithium is searched: to 1e-8 of the inventory. */
  private static final int HALVINGS = 26;

  AgedCell {
    check("capacity", capacity, 0.4, 1);
    check("resistance", resistance, 1, 10);
    check("resistanceOhm", resistanceOhm, 0, 1);
    check("lossOfLithium", lossOfLithium, 0, 0.7);
    check("lossOfAnode", lossOfAnode, 0, 0.7);
    check("lossOfCathode", lossOfCathode, 0, 0.7);
    check("seiGrowthM", seiGrowthM, 0, 1e-5);
    check("anodeDiffusivity", anodeDiffusivity, 0.05, 20);
    check("cathodeDiffusivity", cathodeDiffusivity, 0.05, 20);
    check("anodeExchange", anodeExchange, 0.05, 20);
    check("cathodeExchange", cathodeExchange, 0.05, 20);
    check("electrolyteConductivity", electrolyteConductivity, 0.05, 20);
    if (capacity != null && lossOfLithium != null) {
      throw new IllegalArgumentException(
          "capacity and lossOfLithium are both given; allowed: one of them.");
    }
  }

  /** The plant with aged cells; on top of how it differs from its parameters already. */
  PlantConfig applyTo(PlantConfig plant) {
    RandomGenerator random = SeededRandom.of(STREAM ^ plant.seed());
    double left = draw(capacity, 1, random);
    double resistanceFactor = draw(resistance, 1, random);
    double addedOhm = draw(resistanceOhm, 0, random);
    double lithium = draw(lossOfLithium, 0, random);
    double anode = draw(lossOfAnode, 0, random);
    double cathode = draw(lossOfCathode, 0, random);
    double sei = draw(seiGrowthM, 0, random);
    CellVariation rates =
        new CellVariation(
            1,
            0,
            draw(anodeDiffusivity, 1, random),
            draw(cathodeDiffusivity, 1, random),
            draw(anodeExchange, 1, random),
            draw(cathodeExchange, 1, random),
            draw(electrolyteConductivity, 1, random),
            1,
            0,
            0,
            0,
            1);
    CellParameters cell = plant.cell();
    if (resistanceFactor > 1) {
      addedOhm += (resistanceFactor - 1) * freshOhm(cell);
    }
    if (left < 1) {
      lithium = lostLithium(cell, left, anode, cathode);
    }
    AgeingSpread losses =
        new AgeingSpread(
            exactly(lithium), exactly(anode), exactly(cathode), exactly(sei), exactly(addedOhm));
    return plant
        .withCommon(CellMismatch.combine(plant.common(), rates))
        .withBuild(plant.build().withAgeing(losses));
  }

  private static double freshOhm(CellParameters cell) {
    P2dModel model =
        P2dModel.of(cell, P2dOptions.CONTROL.withThermal(P2dOptions.Thermal.ISOTHERMAL));
    return CellResistance.pulse(model, 0.5, REFERENCE_KELVIN, PULSE_SECONDS);
  }

  /** Lithium to lose until a share of the capacity is left; 0 where lost material takes as much. */
  private static double lostLithium(
      CellParameters cell, double left, double lossOfAnode, double lossOfCathode) {
    double low = 0;
    double high = 0.7;
    double wanted = left * cell.capacityAmpHours();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (low + high);
      CellVariation lost =
          new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, middle, lossOfAnode, lossOfCathode, 1);
      if (cell.with(lost).capacityAmpHours() > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Share exactly(double mean) {
    return new Share(mean, 0);
  }

  private static double draw(@Nullable Between value, double otherwise, RandomGenerator random) {
    return (value == null ? new Between(otherwise, otherwise) : value).draw(random);
  }

  private static void check(String key, @Nullable Between value, double least, double most) {
    if (value != null) {
      value.within(key, least, most);
    }
  }
}
