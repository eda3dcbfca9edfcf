package dev.anodyne.hil.scenario;

/**
 * How a run came to its end. At most one is told in a result, the first of these.
 *
 * @param trouble why controller or bench broke; empty when they did not
 * @param worthless why nothing can be concluded from any of it, such as a bench that was late;
 *     empty when it can
 * @param plantBroke why the battery could not be computed any further; empty when it could. What
 *     was violated before then was violated
 * @param aborted whether a person ended it
 */
record RunEnd(String trouble, String worthless, String plantBroke, boolean aborted) {
  /** Nothing but a reason why the run is worth nothing. */
  static RunEnd worthless(String why) {
    return new RunEnd("", why, "", false);
  }

  /** Whether more would have come. */
  boolean isEarly() {
    return aborted || !plantBroke.isEmpty();
  }
}
