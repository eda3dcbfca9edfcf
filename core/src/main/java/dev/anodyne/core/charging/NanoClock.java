package dev.anodyne.core.charging;

/** Where time comes from: the machine, a simulation or a recording. */
@FunctionalInterface
public interface NanoClock {
  /** The machine's monotonic clock. */
  NanoClock SYSTEM = System::nanoTime;

  /** Now, ns from an arbitrary origin; never runs backwards. */
  long nanoTime();
}
