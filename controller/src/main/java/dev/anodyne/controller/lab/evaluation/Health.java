package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.AgeingSpread.Share;
import java.util.random.RandomGenerator;

/** What a battery's life has taken; cells of one battery scatter by a tenth of it. */
enum Health {
  FRESH(0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
  /** As far as the estimators are trained, but for the film. */
  AGED(0, 0.10, 0, 0.08, 0, 0.02, 0.8, 1, 0, 0),
  /**
   * The same with a grown SEI: its film drops up to 30 mV at 1C between the anode and the
   * electrolyte, which lowers the anode potential by as much; at the terminals that looks like any
   * other resistance.
   */
  FILM(0, 0.10, 0, 0.08, 0, 0.02, 0.8, 1, 0, 1e-7),
  /** Older than any battery that was trained on. */
  OLD(0.12, 0.20, 0.08, 0.15, 0.02, 0.04, 0.6, 0.8, 1e-7, 2e-7);

  private static final double SCATTER = 0.1;

  /**
   * Growth of the SEI when all lithium is lost to it, m: V_SEI n / (2 A) with 9.585e-5 m³/mol, 0.19
   * mol of cyclable lithium in 5 A·h and 3.4 m² of particle surface (the set of `lgm50`).
   */
  private static final double SEI_METRES_PER_LOSS = 2.7e-6;

  private final double leastLithium;
  private final double mostLithium;
  private final double leastMaterial;
  private final double mostMaterial;
  private final double leastOhmAh;
  private final double mostOhmAh;
  private final double leastFactor;
  private final double mostFactor;
  private final double leastSeiMetres;
  private final double mostSeiMetres;

  Health(
      double leastLithium,
      double mostLithium,
      double leastMaterial,
      double mostMaterial,
      double leastOhmAh,
      double mostOhmAh,
      double leastFactor,
      double mostFactor,
      double leastSeiMetres,
      double mostSeiMetres) {
    this.leastLithium = leastLithium;
    this.mostLithium = mostLithium;
    this.leastMaterial = leastMaterial;
    this.mostMaterial = mostMaterial;
    this.leastOhmAh = leastOhmAh;
    this.mostOhmAh = mostOhmAh;
    this.leastFactor = leastFactor;
    this.mostFactor = mostFactor;
    this.leastSeiMetres = leastSeiMetres;
    this.mostSeiMetres = mostSeiMetres;
  }

  /** Lost lithium and materials, grown SEI and resistance of a battery's cells. */
  AgeingSpread losses(double ampHours, RandomGenerator random) {
    if (this == FRESH) {
      return AgeingSpread.FRESH;
    }
    double lithium = Draws.between(random, leastLithium, mostLithium);
    // No more film than the lost lithium can have made.
    double mostFilm = Math.min(mostSeiMetres, lithium * SEI_METRES_PER_LOSS);
    return new AgeingSpread(
        share(lithium),
        share(Draws.between(random, leastMaterial, mostMaterial)),
        share(Draws.between(random, leastMaterial, mostMaterial)),
        share(Draws.between(random, Math.min(leastSeiMetres, mostFilm), mostFilm)),
        share(Draws.between(random, leastOhmAh, mostOhmAh) / ampHours));
  }

  private static Share share(double mean) {
    return new Share(mean, SCATTER * mean);
  }

  /** Slower reactions and diffusion in the electrodes. */
  CellVariation rates(RandomGenerator random) {
    return new CellVariation(
        1,
        0,
        Draws.between(random, leastFactor, mostFactor),
        Draws.between(random, leastFactor, mostFactor),
        Draws.between(random, leastFactor, mostFactor),
        Draws.between(random, leastFactor, mostFactor),
        1,
        1,
        0,
        0,
        0,
        1);
  }
}
