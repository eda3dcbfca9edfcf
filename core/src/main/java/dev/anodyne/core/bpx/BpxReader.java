package dev.anodyne.core.bpx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Reads and validates BPX files, schema versions 0.x and 1.x, model DFN. */
public final class BpxReader {
  private static final double ROOM_KELVIN = 298.15;

  private BpxReader() {}

  /**
   * Reads a file's text.
   *
   * @param source the file's name, for messages
   * @param json its content
   * @throws BpxException on the first thing that is wrong
   */
  public static BpxFile read(String source, String json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new BpxException(
          source
              + ": line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + " is not JSON: "
              + e.getOriginalMessage());
    }
    if (root == null || !root.isObject()) {
      throw new BpxException(source + ": / is not an object; allowed: a BPX file");
    }
    BpxSection top = new BpxSection(source, "", root).allow("Validation", "State");
    BpxSection header = top.section("Header");
    String model = header.text("Model");
    if (!model.equals("DFN")) {
      throw header.wrong("Model", "is \"" + model + "\"", "\"DFN\"");
    }
    BpxSection body = top.section("Parameterisation");
    top.rejectUnknown();
    return parameterisation(source, header, body, top.optionalSection("State"));
  }

  private static BpxFile parameterisation(
      String source, BpxSection header, BpxSection body, BpxSection state) {
    BpxSection cell = body.section("Cell");
    BpxSection electrolyte = body.section("Electrolyte");
    BpxFile file =
        new BpxFile(
            source,
            header.text("Title"),
            header.text("References"),
            cell(cell),
            electrolyte(electrolyte),
            electrode(body.section("Negative electrode")),
            electrode(body.section("Positive electrode")),
            separator(body.section("Separator")),
            state(state, cell, electrolyte),
            userDefined(body.optionalSection("User-defined")),
            userTexts(body.optionalSection("User-defined")));
    cell.rejectUnknown();
    electrolyte.rejectUnknown();
    body.rejectUnknown();
    return file;
  }

  private static BpxFile.Cell cell(BpxSection s) {
    double lower = s.positive("Lower voltage cut-off [V]");
    double upper = s.positive("Upper voltage cut-off [V]");
    if (upper <= lower) {
      throw s.wrong("Upper voltage cut-off [V]", "is " + upper, "more than the lower, " + lower);
    }
    String pairs = "Number of electrode pairs connected in parallel to make a cell";
    int parallel = (int) s.positive(pairs);
    if (parallel < 1) {
      throw s.wrong(pairs, "is " + parallel, "a whole number ≥ 1");
    }
    s.allow("Thermal conductivity [W.m-1.K-1]");
    return new BpxFile.Cell(
        s.positive("Electrode area [m2]"),
        parallel,
        lower,
        upper,
        s.positive("Nominal cell capacity [A.h]"),
        s.orElse("Reference temperature [K]", ROOM_KELVIN),
        s.optional("External surface area [m2]"),
        s.optional("Volume [m3]"),
        s.optional("Density [kg.m-3]"),
        s.optional("Specific heat capacity [J.K-1.kg-1]"));
  }

  private static BpxFile.Electrolyte electrolyte(BpxSection s) {
    return new BpxFile.Electrolyte(
        s.stoichiometry("Cation transference number"),
        s.function("Diffusivity [m2.s-1]"),
        s.function("Conductivity [S.m-1]"),
        s.orElse("Diffusivity activation energy [J.mol-1]", 0),
        s.orElse("Conductivity activation energy [J.mol-1]", 0));
  }

  private static BpxFile.Electrode electrode(BpxSection s) {
    if (s.has("Particle")) {
      throw s.wrong("Particle", "describes a blend", "one active material an electrode");
    }
    // Hysteresis fields are part of the schema; the mean OCP is what the model uses.
    s.allow("OCP (delithiation) [V]", "OCP (lithiation) [V]", "OCP hysteresis decay constant");
    double minimum = s.stoichiometry("Minimum stoichiometry");
    double maximum = s.stoichiometry("Maximum stoichiometry");
    if (maximum <= minimum) {
      throw s.wrong("Maximum stoichiometry", "is " + maximum, "more than the minimum, " + minimum);
    }
    BpxFile.Electrode electrode =
        new BpxFile.Electrode(
            s.positive("Thickness [m]"),
            s.fraction("Porosity"),
            s.fraction("Transport efficiency"),
            s.positive("Conductivity [S.m-1]"),
            minimum,
            maximum,
            s.positive("Maximum concentration [mol.m-3]"),
            s.positive("Particle radius [m]"),
            s.positive("Surface area per unit volume [m-1]"),
            s.function("Diffusivity [m2.s-1]"),
            s.orElse("Diffusivity activation energy [J.mol-1]", 0),
            s.function("OCP [V]"),
            s.functionOrZero("Entropic change coefficient [V.K-1]"),
            s.positive("Reaction rate constant [mol.m-2.s-1]"),
            s.orElse("Reaction rate constant activation energy [J.mol-1]", 0));
    s.rejectUnknown();
    return electrode;
  }

  private static BpxFile.Separator separator(BpxSection s) {
    BpxFile.Separator separator =
        new BpxFile.Separator(
            s.positive("Thickness [m]"),
            s.fraction("Porosity"),
            s.fraction("Transport efficiency"));
    s.rejectUnknown();
    return separator;
  }

  /** Version 0 kept temperatures in the Cell and the concentration in the Electrolyte section. */
  private static BpxFile.State state(BpxSection state, BpxSection cell, BpxSection electrolyte) {
    BpxSection initial = state.optionalSection("Initial conditions");
    BpxSection thermal = state.optionalSection("Thermal environment");
    double ambient =
        thermal.orElse(
            "Ambient temperature [K]", cell.orElse("Ambient temperature [K]", ROOM_KELVIN));
    return new BpxFile.State(
        initial.orElse(
            "Initial electrolyte concentration [mol.m-3]",
            electrolyte.orElse("Initial concentration [mol.m-3]", 1000)),
        initial.orElse("Initial state-of-charge", 1),
        initial.orElse("Initial temperature [K]", cell.orElse("Initial temperature [K]", ambient)),
        ambient,
        thermal.optional("Heat transfer coefficient [W.m-2.K-1]"));
  }

  private static Map<String, Double> userDefined(BpxSection s) {
    Map<String, Double> numbers = new HashMap<>();
    for (Iterator<String> names = s.names(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = s.raw(name);
      if (value.isNumber()) {
        numbers.put(name, value.asDouble());
      }
    }
    return Map.copyOf(numbers);
  }

  private static Map<String, String> userTexts(BpxSection s) {
    Map<String, String> texts = new HashMap<>();
    for (Iterator<String> names = s.names(); names.hasNext(); ) {
      String name = names.next();
      if (s.raw(name).isTextual()) {
        texts.put(name, s.text(name));
      }
    }
    return Map.copyOf(texts);
  }
}
