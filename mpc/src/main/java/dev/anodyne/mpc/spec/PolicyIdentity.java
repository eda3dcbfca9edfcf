package dev.anodyne.mpc.spec;

/**
 * Which policy it was, for every result.
 *
 * @param name what people call it
 * @param version the author's own; empty when none is given
 * @param digest of everything that decides what it does: equal digests, equal policies, whatever
 *     they are called
 */
public record PolicyIdentity(String name, String version, String digest) {
  /** For people: name and version. */
  public String shown() {
    return name + (version.isEmpty() ? "" : " " + version);
  }

  /** For one line of text: {@code winter, version 3 (1f0c…)}. */
  @Override
  public String toString() {
    return name + (version.isEmpty() ? "" : ", version " + version) + " (" + digest + ")";
  }
}
