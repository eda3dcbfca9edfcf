package dev.anodyne.mpc.spec;

/** What a policy is after, within the limits. */
public sealed interface Objective {
  /** Reach the target state of charge as early as possible. */
  record MinimumTime() implements Objective {
    @Override
    public String toString() {
      return "minimum-time";
    }
  }
}
