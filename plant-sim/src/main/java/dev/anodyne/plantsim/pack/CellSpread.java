package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * How far the cells of one battery scatter around their parameter set. All figures are standard
 * deviations of normal distributions cut at three of them; the added series resistance (tabs,
 * welds, busbars) is never negative and takes the magnitude of its draw.
 *
 * @param capacitySigma of the capacity, as a share
 * @param seriesResistanceSigmaOhm of the added series resistance, Ω
 * @param exchangeCurrentSigma of both exchange currents, as a share
 * @param diffusivitySigma of both solid diffusivities, as a share
 * @param heatTransferSigma of the heat transfer coefficient, as a share
 * @param initialSocSigma of the initial state of charge
 * @param initialTemperatureSigmaKelvin of the initial temperature, K
 */
public record CellSpread(
    double capacitySigma,
    double seriesResistanceSigmaOhm,
    double exchangeCurrentSigma,
    double diffusivitySigma,
    double heatTransferSigma,
    double initialSocSigma,
    double initialTemperatureSigmaKelvin) {
  /** Equal cells. */
  public static final CellSpread NONE = new CellSpread(0, 0, 0, 0, 0, 0, 0);

  /** Cells of one production lot: 1 % capacity, 1 mΩ, 4 % kinetics and transport, 0.5 % charge. */
  public static final CellSpread PRODUCTION =
      new CellSpread(0.01, 1e-3, 0.04, 0.04, 0.03, 0.005, 0.3);

  public CellSpread {
    share("capacitySigma", capacitySigma);
    share("exchangeCurrentSigma", exchangeCurrentSigma);
    share("diffusivitySigma", diffusivitySigma);
    share("heatTransferSigma", heatTransferSigma);
    share("initialSocSigma", initialSocSigma);
    if (!(seriesResistanceSigmaOhm >= 0 && initialTemperatureSigmaKelvin >= 0)) {
      throw new IllegalArgumentException(
          "Cell spread seriesResistanceSigmaOhm "
              + seriesResistanceSigmaOhm
              + " and initialTemperatureSigmaKelvin "
              + initialTemperatureSigmaKelvin
              + " must be at least 0.");
    }
  }

  /** One cell's draw. */
  record Draw(CellVariation variation, double deltaSoc, double deltaKelvin) {}

  /** Draws one cell. Always takes the same number of deviates, in the order of the components. */
  Draw draw(RandomGenerator random) {
    double capacity = factor(capacitySigma, random);
    double ohm = Math.abs(seriesResistanceSigmaOhm * SeededRandom.gaussianWithinThreeSigma(random));
    double anodeExchange = factor(exchangeCurrentSigma, random);
    double cathodeExchange = factor(exchangeCurrentSigma, random);
    double anodeDiffusivity = factor(diffusivitySigma, random);
    double cathodeDiffusivity = factor(diffusivitySigma, random);
    double heat = factor(heatTransferSigma, random);
    double soc = initialSocSigma * SeededRandom.gaussianWithinThreeSigma(random);
    double kelvin = initialTemperatureSigmaKelvin * SeededRandom.gaussianWithinThreeSigma(random);
    CellVariation variation =
        new CellVariation(
            capacity,
            ohm,
            anodeDiffusivity,
            cathodeDiffusivity,
            anodeExchange,
            cathodeExchange,
            1,
            1,
            0,
            0,
            0,
            heat);
    return new Draw(variation, soc, kelvin);
  }

  private static double factor(double sigma, RandomGenerator random) {
    return 1.0 + sigma * SeededRandom.gaussianWithinThreeSigma(random);
  }

  private static void share(String field, double value) {
    // Three standard deviations must leave every factor positive.
    if (!(value >= 0 && value < 0.33)) {
      throw new IllegalArgumentException(
          "Cell spread " + field + " " + value + " is not between 0 and 0.33.");
    }
  }
}
