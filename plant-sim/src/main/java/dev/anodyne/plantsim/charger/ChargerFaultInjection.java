package dev.anodyne.plantsim.charger;

/**
 * How a charger departs from what it was told, for tests of whatever controls it. The charger does
 * not report any of this by itself.
 *
 * @param deliveryFactor delivered current over the wanted one; above 1 is over-delivery
 * @param ignoresStop keeps the last current when told zero and when the command expires
 * @param stuck holds the present current whatever it is told
 * @param ignoresVoltageCeiling regulates to the charger's own highest voltage only
 * @param rampFactor factor on every rate of change, above 0; below 1 is a slow ramp
 */
public record ChargerFaultInjection(
    double deliveryFactor,
    boolean ignoresStop,
    boolean stuck,
    boolean ignoresVoltageCeiling,
    double rampFactor) {
  /** A healthy charger. */
  public static final ChargerFaultInjection NONE =
      new ChargerFaultInjection(1.0, false, false, false, 1.0);

  public ChargerFaultInjection {
    if (!(deliveryFactor >= 0 && deliveryFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Charger deliveryFactor " + deliveryFactor + " is not a finite number of at least 0.");
    }
    if (!(rampFactor > 0 && rampFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Charger rampFactor " + rampFactor + " is not a finite number above 0.");
    }
  }

  public ChargerFaultInjection withDeliveryFactor(double factor) {
    return new ChargerFaultInjection(factor, ignoresStop, stuck, ignoresVoltageCeiling, rampFactor);
  }

  public ChargerFaultInjection withIgnoresStop(boolean ignores) {
    return new ChargerFaultInjection(
        deliveryFactor, ignores, stuck, ignoresVoltageCeiling, rampFactor);
  }

  public ChargerFaultInjection withStuck(boolean isStuck) {
    return new ChargerFaultInjection(
        deliveryFactor, ignoresStop, isStuck, ignoresVoltageCeiling, rampFactor);
  }

  public ChargerFaultInjection withIgnoresVoltageCeiling(boolean ignores) {
    return new ChargerFaultInjection(deliveryFactor, ignoresStop, stuck, ignores, rampFactor);
  }

  public ChargerFaultInjection withRampFactor(double factor) {
    return new ChargerFaultInjection(
        deliveryFactor, ignoresStop, stuck, ignoresVoltageCeiling, factor);
  }
}
