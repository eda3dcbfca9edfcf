package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The User-defined numbers of a set from which SEI and plating constants are read, and the models
 * chosen for them. A file may hold the constants of several models.
 */
record AgeingData(Map<String, Double> numbers, SeiModel seiModel, PlatingModel platingModel) {
  private static final String SEI_THICKNESS = "Initial SEI thickness [m]";
  private static final List<String> SEI_KEYS =
      List.of("SEI resistivity [Ohm.m]", "SEI partial molar volume [m3.mol-1]", SEI_THICKNESS);
  private static final String PLATING_RATE = "Lithium plating kinetic rate constant [m.s-1]";
  private static final String PLATING_TRANSFER = "Lithium plating transfer coefficient";
  private static final String SEI_TRANSFER = "SEI growth transfer coefficient";
  private static final String SEI_ACTIVATION = "SEI growth activation energy [J.mol-1]";
  private static final String SEI_POTENTIAL = "SEI open-circuit potential [V]";
  private static final String SEI_LITHIUM = "Ratio of lithium moles to SEI moles";
  private static final String METAL_VOLUME = "Lithium metal partial molar volume [m3.mol-1]";

  /**
   * Reads a file's ageing constants.
   *
   * @throws BpxException when a constant is out of its range or a model is unknown
   */
  static AgeingData of(BpxFile f) {
    Map<String, Double> numbers = f.userDefined();
    for (SeiModel model : SeiModel.values()) {
      model.keys().stream().filter(k -> !k.equals(SEI_POTENTIAL)).forEach(k -> positive(f, k));
    }
    SEI_KEYS.forEach(k -> positive(f, k));
    positive(f, SEI_LITHIUM);
    positive(f, PLATING_RATE);
    positive(f, METAL_VOLUME);
    range(f, "Dead lithium decay constant [s-1]", Double.MAX_VALUE, "a number ≥ 0");
    range(f, PLATING_TRANSFER, 1, "a number in [0, 1]");
    range(f, SEI_TRANSFER, 1, "a number in [0, 1]");
    return new AgeingData(numbers, seiModel(f), platingModel(f));
  }

  private static void positive(BpxFile f, String key) {
    double value = f.user(key).orElse(1);
    if (!(value > 0)) {
      throw wrong(f, key, String.valueOf(value), "a number > 0");
    }
  }

  private static void range(BpxFile f, String key, double most, String allowed) {
    double value = f.user(key).orElse(0);
    if (!(value >= 0 && value <= most)) {
      throw wrong(f, key, String.valueOf(value), allowed);
    }
  }

  private static BpxException wrong(BpxFile f, String key, String value, String allowed) {
    return new BpxException(
        f.source()
            + ": /Parameterisation/User-defined/"
            + key
            + " is "
            + value
            + "; allowed: "
            + allowed);
  }

  /** The file's word, else the first model whose constants are all there. */
  private static SeiModel seiModel(BpxFile f) {
    Optional<String> text = f.userText("SEI model");
    if (text.isPresent()) {
      for (SeiModel model : SeiModel.values()) {
        if (model.toString().equals(plain(text.get()))) {
          return model;
        }
      }
      throw wrong(f, "SEI model", text.get(), List.of(SeiModel.values()).toString());
    }
    for (SeiModel model : SeiModel.values()) {
      if (f.userDefined().keySet().containsAll(model.keys())) {
        return model;
      }
    }
    return SeiModel.SOLVENT_DIFFUSION;
  }

  private static PlatingModel platingModel(BpxFile f) {
    Optional<String> text = f.userText("Lithium plating model");
    if (text.isEmpty()) {
      return PlatingModel.PARTIALLY_REVERSIBLE;
    }
    for (PlatingModel model : PlatingModel.values()) {
      if (model.toString().equals(plain(text.get()))) {
        return model;
      }
    }
    throw wrong(f, "Lithium plating model", text.get(), List.of(PlatingModel.values()).toString());
  }

  /** "EC reaction limited" and "ec_reaction" mean ec-reaction. */
  private static String plain(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]+", "-");
    return words.endsWith("-limited") ? words.substring(0, words.length() - 8) : words;
  }

  AgeingData with(SeiModel model) {
    return new AgeingData(numbers, model, platingModel);
  }

  AgeingData with(PlatingModel model) {
    return new AgeingData(numbers, seiModel, model);
  }

  AgeingData withInitialSei(double thicknessM) {
    Map<String, Double> other = new HashMap<>(numbers);
    other.put(SEI_THICKNESS, thicknessM);
    return new AgeingData(Map.copyOf(other), seiModel, platingModel);
  }

  List<String> missingSei() {
    return missing(seiModel.keys(), SEI_KEYS);
  }

  List<String> missingPlating() {
    return missing(List.of(PLATING_RATE), platingModel.keys());
  }

  private List<String> missing(List<String> some, List<String> more) {
    List<String> keys = new ArrayList<>(some);
    keys.addAll(more);
    keys.removeAll(numbers.keySet());
    return List.copyOf(keys);
  }

  Optional<SeiData> sei() {
    if (!missingSei().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SeiData(
            law(),
            orElse(SEI_ACTIVATION, 0),
            number("SEI resistivity [Ohm.m]"),
            number("SEI partial molar volume [m3.mol-1]"),
            orElse(SEI_LITHIUM, 2),
            number(SEI_THICKNESS)));
  }

  private SeiLaw law() {
    double transfer = orElse(SEI_TRANSFER, 0.5);
    return switch (seiModel) {
      case SOLVENT_DIFFUSION ->
          SeiLaw.solventDiffusion(
              number("SEI solvent diffusivity [m2.s-1]"),
              number("Bulk solvent concentration [mol.m-3]"));
      case REACTION ->
          SeiLaw.reaction(
              number("SEI reaction exchange current density [A.m-2]"),
              number(SEI_POTENTIAL),
              transfer);
      case EC_REACTION ->
          SeiLaw.ecReaction(
              number("SEI kinetic rate constant [m.s-1]"),
              number(SEI_POTENTIAL),
              transfer,
              number("EC initial concentration in electrolyte [mol.m-3]"),
              number("EC diffusivity [m2.s-1]"));
    };
  }

  Optional<PlatingData> plating() {
    if (!missingPlating().isEmpty()) {
      return Optional.empty();
    }
    boolean dies = platingModel == PlatingModel.PARTIALLY_REVERSIBLE;
    return Optional.of(
        new PlatingData(
            platingModel,
            number(PLATING_RATE),
            orElse(PLATING_TRANSFER, 0.5),
            orElse(METAL_VOLUME, 1.3e-5),
            dies ? number("Dead lithium decay constant [s-1]") : 0));
  }

  private double orElse(String key, double otherwise) {
    return numbers.getOrDefault(key, otherwise);
  }

  private double number(String key) {
    return orElse(key, Double.NaN);
  }

  /** The message that a cell lacks what a model needs. */
  static String lacks(String cell, String what, List<String> keys) {
    return "cell "
        + cell
        + " lacks what "
        + what
        + " needs: "
        + String.join(", ", keys)
        + "; allowed: a cell whose file has them."
        + "\nMaybe add them under User-defined or choose lgm50, which has all.";
  }
}
