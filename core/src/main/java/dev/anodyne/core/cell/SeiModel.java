package dev.anodyne.core.cell;

import java.util.List;

/** What limits the growth of the solid-electrolyte interphase. */
public enum SeiModel {
  /** Diffusion of solvent through the film (O'Kane et al. 2022): L dL/dt is constant. */
  SOLVENT_DIFFUSION(
      "solvent-diffusion",
      List.of("SEI solvent diffusivity [m2.s-1]", "Bulk solvent concentration [mol.m-3]")),

  /** The reaction at the particle's surface: a Tafel law (Marquis 2020, eq. 5.92). */
  REACTION(
      "reaction",
      List.of("SEI reaction exchange current density [A.m-2]", "SEI open-circuit potential [V]")),

  /** Reduction of ethylene carbonate that diffuses through the film (Yang et al. 2017). */
  EC_REACTION(
      "ec-reaction",
      List.of(
          "SEI kinetic rate constant [m.s-1]",
          "SEI open-circuit potential [V]",
          "EC initial concentration in electrolyte [mol.m-3]",
          "EC diffusivity [m2.s-1]"));

  private final String text;
  private final List<String> keys;

  SeiModel(String text, List<String> keys) {
    this.text = text;
    this.keys = keys;
  }

  /** The User-defined keys that this model alone needs. */
  public List<String> keys() {
    return keys;
  }

  /** As written on the command line and in files, e.g. {@code ec-reaction}. */
  @Override
  public String toString() {
    return text;
  }
}
