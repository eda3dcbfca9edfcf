package dev.anodyne.controller.session;

/**
 * What the transitions between {@link SessionState}s depend on beside what happens; a recording
 * holds it.
 *
 * @param asksForAuthorisation true when a vehicle is only charged after somebody has allowed it
 * @param vehicleLeftNanos a vehicle that the charger has not seen for this long has left, ns; a
 *     shorter absence is a flicker of the signal
 */
public record SessionRules(boolean asksForAuthorisation, long vehicleLeftNanos) {
  /**
   * Plugs that are moved and proximity contacts that bounce are back within a second; nobody can
   * change vehicles in three.
   */
  public static final long VEHICLE_LEFT_NANOS = 3_000_000_000L;

  /** An allowance that is given before the vehicle is there counts for this long, ns. */
  static final long ALLOWANCE_NANOS = 180_000_000_000L;

  /** Every vehicle may charge. */
  public static final SessionRules USUAL = new SessionRules(false, VEHICLE_LEFT_NANOS);

  /**
   * As sessions were before a leaving vehicle ended them; recordings of that time hold no rules.
   */
  public static final SessionRules FIRST = new SessionRules(false, Long.MAX_VALUE);

  public SessionRules {
    if (vehicleLeftNanos <= 0) {
      throw new IllegalArgumentException(
          "Session rule vehicleLeftNanos is " + vehicleLeftNanos + "; allowed: above 0.");
    }
  }

  /** The same for a connector that asks for authorisation, or does not. */
  public SessionRules asking(boolean asks) {
    return new SessionRules(asks, vehicleLeftNanos);
  }
}
