package dev.anodyne.plantsim.charger;

/**
 * How the contactors between charger and battery are built.
 *
 * @param closeSeconds from the command to closed contacts, s, ≥ 0
 * @param prechargeOhms resistor through which the charger's output capacitor is charged to the
 *     battery's voltage before the contactors close, Ω, ≥ 0
 * @param outputFarads that capacitor, F, ≥ 0
 * @param prechargeTimeoutSeconds after which the charger gives up, s, above 0
 * @param diagnosisSeconds how long command and feedback may differ before the charger reports it,
 *     s, above 0
 */
public record ContactorSettings(
    double closeSeconds,
    double prechargeOhms,
    double outputFarads,
    double prechargeTimeoutSeconds,
    double diagnosisSeconds) {
  /**
   * Contactors that close at once: no capacitor to charge. Time-outs are ISO 15118-2's 7 s for the
   * pre-charge and half a second for the feedback.
   */
  public static final ContactorSettings IMMEDIATE = new ContactorSettings(0, 0, 0, 7, 0.5);

  /** 50 ms, and 1 mF through 100 Ω: pre-charged to 95 % within 0.3 s. */
  public static final ContactorSettings USUAL = new ContactorSettings(0.05, 100, 1e-3, 7, 0.5);

  public ContactorSettings {
    atLeast0("closeSeconds", closeSeconds);
    atLeast0("prechargeOhms", prechargeOhms);
    atLeast0("outputFarads", outputFarads);
    above0("prechargeTimeoutSeconds", prechargeTimeoutSeconds);
    above0("diagnosisSeconds", diagnosisSeconds);
  }

  private static void atLeast0(String field, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Contactor " + field + " " + value + " is not a finite number of at least 0.");
    }
  }

  private static void above0(String field, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Contactor " + field + " " + value + " is not a finite number above 0.");
    }
  }
}
