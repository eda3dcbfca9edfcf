package dev.anodyne.core.charging;

/** How far a measured value may be trusted. */
public enum Quality {
  /** Fresh and from a healthy source. */
  GOOD,
  /**
   * The last usable value of a source that has gone quiet, or a value outside its plausible range.
   */
  UNCERTAIN,
  /** Not usable: never received, sensor failed, link lost. */
  BAD
}
