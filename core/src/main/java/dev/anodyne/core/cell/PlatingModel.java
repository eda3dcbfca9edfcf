package dev.anodyne.core.cell;

import java.util.List;

/** What becomes of plated lithium (O'Kane et al. 2020, 2022). */
public enum PlatingModel {
  /** It can be stripped again, and decays into dead lithium meanwhile. */
  PARTIALLY_REVERSIBLE("partially-reversible", List.of("Dead lithium decay constant [s-1]")),

  /** All of it can be stripped again. */
  REVERSIBLE("reversible", List.of()),

  /** It is dead at once. */
  IRREVERSIBLE("irreversible", List.of());

  private final String text;
  private final List<String> keys;

  PlatingModel(String text, List<String> keys) {
    this.text = text;
    this.keys = keys;
  }

  /** The User-defined keys that this model alone needs. */
  public List<String> keys() {
    return keys;
  }

  /** As written on the command line and in files, e.g. {@code partially-reversible}. */
  @Override
  public String toString() {
    return text;
  }
}
