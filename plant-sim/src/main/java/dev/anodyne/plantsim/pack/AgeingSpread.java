package dev.anodyne.plantsim.pack;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * How aged the cells of a battery are at the start, and how far they scatter in it. Every figure is
 * a mean and a standard deviation of a normal distribution, cut at three of them and at 0.
 *
 * @param lossOfLithium share of the cyclable lithium that is lost
 * @param lossOfAnode share of the anode's active material that is lost
 * @param lossOfCathode share of the cathode's active material that is lost
 * @param seiGrowthM how much thicker the SEI is than a fresh cell's, m: film resistance and filled
 *     pores (the lithium that it binds counts under {@code lossOfLithium})
 * @param resistanceOhm added series resistance, Ω
 */
public record AgeingSpread(
    Share lossOfLithium,
    Share lossOfAnode,
    Share lossOfCathode,
    Share seiGrowthM,
    Share resistanceOhm) {
  /** Fresh cells. */
  public static final AgeingSpread FRESH =
      new AgeingSpread(Share.ZERO, Share.ZERO, Share.ZERO, Share.ZERO, Share.ZERO);

  public AgeingSpread {
    lossOfLithium.check("lossOfLithium", 0.7);
    lossOfAnode.check("lossOfAnode", 0.7);
    lossOfCathode.check("lossOfCathode", 0.7);
    seiGrowthM.check("seiGrowthM", 1e-5);
    resistanceOhm.check("resistanceOhm", 1.0);
  }

  /**
   * A normal distribution that is never negative.
   *
   * @param mean its middle
   * @param sigma its standard deviation
   */
  public record Share(double mean, double sigma) {
    /** Nothing. */
    public static final Share ZERO = new Share(0, 0);

    private void check(String name, double most) {
      if (!(mean >= 0 && sigma >= 0 && mean + 3 * sigma <= most)) {
        throw new IllegalArgumentException(
            "Ageing "
                + name
                + " of mean "
                + mean
                + " and sigma "
                + sigma
                + " is not possible; mean and sigma must be at least 0, and mean + 3 sigma at most "
                + most
                + ".");
      }
    }

    private double draw(RandomGenerator random) {
      return Math.max(0, mean + sigma * SeededRandom.gaussianWithinThreeSigma(random));
    }
  }

  /** One cell's draw. */
  record Draw(
      double lossOfLithium,
      double lossOfAnode,
      double lossOfCathode,
      double seiGrowthM,
      double resistanceOhm) {}

  /** Draws one cell. Always takes the same number of deviates, in the order of the components. */
  Draw draw(RandomGenerator random) {
    return new Draw(
        lossOfLithium.draw(random),
        lossOfAnode.draw(random),
        lossOfCathode.draw(random),
        seiGrowthM.draw(random),
        resistanceOhm.draw(random));
  }
}
