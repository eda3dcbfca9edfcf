package dev.anodyne.plantsim.pack;

/**
 * How a battery is put together, beyond its layout and the spread of its cells.
 *
 * @param ageing how aged the cells are at the start
 * @param busbarOhms resistance of the busbars between two neighbouring parallel cells, both rails
 *     together, Ω. The group is connected at its first cell, so the last cell's current passes
 *     every segment; 0 for none.
 * @param linkOhms resistance of the link between two groups in series, Ω; each group has one
 * @param ambientGradientKelvin how much warmer the surroundings of the last group are than those of
 *     the first, K: the coolant warms up on its way along the string; linear in between
 * @param neighbourWattsPerKelvin heat conducted between neighbouring cells (in the order of their
 *     numbers), W/K; needs cells with a heat balance
 */
public record PackBuild(
    AgeingSpread ageing,
    double busbarOhms,
    double linkOhms,
    double ambientGradientKelvin,
    double neighbourWattsPerKelvin) {
  /** Fresh cells, ideal conductors, the same surroundings for all, no heat between cells. */
  public static final PackBuild IDEAL = new PackBuild(AgeingSpread.FRESH, 0, 0, 0, 0);

  private static final double MOST_GRADIENT_KELVIN = 60;

  public PackBuild {
    atLeastZero("busbarOhms", busbarOhms, "Ω");
    atLeastZero("linkOhms", linkOhms, "Ω");
    atLeastZero("neighbourWattsPerKelvin", neighbourWattsPerKelvin, "W/K");
    if (!(Math.abs(ambientGradientKelvin) <= MOST_GRADIENT_KELVIN)) {
      throw new IllegalArgumentException(
          "Pack ambientGradientKelvin " + ambientGradientKelvin + " is not between -60 and 60 K.");
    }
  }

  public PackBuild withAgeing(AgeingSpread other) {
    return new PackBuild(
        other, busbarOhms, linkOhms, ambientGradientKelvin, neighbourWattsPerKelvin);
  }

  /** See {@link #busbarOhms} and {@link #linkOhms}. */
  public PackBuild withConductors(double otherBusbarOhms, double otherLinkOhms) {
    return new PackBuild(
        ageing, otherBusbarOhms, otherLinkOhms, ambientGradientKelvin, neighbourWattsPerKelvin);
  }

  /** See {@link #ambientGradientKelvin} and {@link #neighbourWattsPerKelvin}. */
  public PackBuild withHeat(double gradientKelvin, double wattsPerKelvin) {
    return new PackBuild(ageing, busbarOhms, linkOhms, gradientKelvin, wattsPerKelvin);
  }

  private static void atLeastZero(String name, double value, String unit) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "Pack " + name + " " + value + " " + unit + " must be a number of at least 0.");
    }
  }
}
