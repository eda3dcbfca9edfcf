package dev.anodyne.core.bpx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads and validates BPX files, schema versions 0.x and 1.x, model DFN. */
public final class BpxReader {
  private static final double ROOM_KELVIN = 298.15;

  /** A file of tables with a point a microvolt has fewer. */
  private static final int MOST_CHARACTERS = 20_000_000;

  /** Orders of magnitude beyond any battery: what is above is in another unit. */
  private static final double MOST_METRES = 0.01;

  private static final double MOST_MOL_PER_M3 = 1e6;
  private static final double MOST_KELVIN = 1000;
  private static final double MOST_VOLTS = 10;
  private static final String SOC = "Initial state-of-charge";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BpxReader() {}

  /**
   * Reads a file's text.
   *
   * @param source the file's name, for messages
   * @param json its content
   * @throws BpxException on the first thing that is wrong
   */
  public static BpxFile read(String source, String json) {
    JsonNode root = tree(source, json);
    if (!root.isObject()) {
      throw new BpxException(
          source
              + ": / is not a JSON object; allowed: Header, Parameterisation, State, Validation");
    }
    BpxSection top = new BpxSection(source, "", root).allow("Validation", "State");
    BpxSection header = header(top.section("Header"));
    BpxSection body = top.section("Parameterisation");
    top.rejectUnknown();
    return parameterisation(source, header, body, top.optionalSection("State"));
  }

  private static JsonNode tree(String source, String json) {
    if (json.length() > MOST_CHARACTERS) {
      throw new BpxException(
          source + ": / has " + json.length() + " characters; allowed: " + MOST_CHARACTERS);
    }
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new BpxException(
          source
              + ": line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + " is not JSON: "
              + e.getOriginalMessage().replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ")
              + "; allowed: one JSON object, each key once");
    }
  }

  private static BpxSection header(BpxSection header) {
    String version = header.written("BPX");
    if (!header.has("BPX") || !version.matches("[01](\\.[0-9]{1,4}){0,2}")) {
      throw header.wrong(
          "BPX", header.has("BPX") ? "is " + version : "is missing", "a version 0.x or 1.x");
    }
    String model = header.text("Model");
    if (!model.equals("DFN")) {
      throw header.wrong(
          "Model",
          header.has("Model") ? "is \"" + model + "\"" : "is missing",
          "\"DFN\"",
          "a file of the same cell for a DFN exists; an SPM lacks the electrolyte that limits fast charging");
    }
    header.text("Title");
    header.text("Description");
    header.text("References");
    header.rejectUnknown();
    return header;
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
    double lower = s.positive("Lower voltage cut-off [V]", MOST_VOLTS);
    double upper = s.positive("Upper voltage cut-off [V]", MOST_VOLTS);
    if (upper <= lower) {
      throw s.wrong("Upper voltage cut-off [V]", "is " + upper, "more than the lower, " + lower);
    }
    int parallel = s.whole("Number of electrode pairs connected in parallel to make a cell");
    s.allow("Thermal conductivity [W.m-1.K-1]");
    return new BpxFile.Cell(
        s.positive("Electrode area [m2]", 1e4),
        parallel,
        lower,
        upper,
        s.positive("Nominal cell capacity [A.h]", 1e5),
        s.positiveOrElse("Reference temperature [K]", MOST_KELVIN, ROOM_KELVIN),
        s.optionalPositive("External surface area [m2]"),
        s.optionalPositive("Volume [m3]"),
        s.optionalPositive("Density [kg.m-3]"),
        s.optionalPositive("Specific heat capacity [J.K-1.kg-1]"));
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
    BpxSection particle = particle(s);
    // Hysteresis fields are part of the schema; the mean OCP is what the model uses.
    particle.allow("OCP (delithiation) [V]", "OCP (lithiation) [V]");
    particle.allow("OCP hysteresis decay constant");
    double minimum = particle.stoichiometry("Minimum stoichiometry");
    double maximum = particle.stoichiometry("Maximum stoichiometry");
    if (maximum <= minimum) {
      throw particle.wrong(
          "Maximum stoichiometry", "is " + maximum, "more than the minimum, " + minimum);
    }
    double porosity = s.fraction("Porosity");
    double radius = particle.positive("Particle radius [m]", MOST_METRES);
    BpxFile.Electrode electrode =
        new BpxFile.Electrode(
            s.positive("Thickness [m]", MOST_METRES),
            porosity,
            s.fraction("Transport efficiency"),
            s.positive("Conductivity [S.m-1]", 1e8),
            minimum,
            maximum,
            particle.positive("Maximum concentration [mol.m-3]", MOST_MOL_PER_M3),
            radius,
            surface(particle, radius, porosity),
            particle.function("Diffusivity [m2.s-1]"),
            particle.orElse("Diffusivity activation energy [J.mol-1]", 0),
            particle.function("OCP [V]"),
            particle.functionOrZero("Entropic change coefficient [V.K-1]"),
            particle.positive("Reaction rate constant [mol.m-2.s-1]", 1e3),
            particle.orElse("Reaction rate constant activation energy [J.mol-1]", 0));
    particle.rejectUnknown();
    s.rejectUnknown();
    return electrode;
  }

  /** The section with the active material's data: the electrode itself, or its only particle. */
  private static BpxSection particle(BpxSection s) {
    if (!s.has("Particle")) {
      return s;
    }
    BpxSection particles = s.section("Particle");
    List<String> names = particles.nameList();
    if (names.size() != 1) {
      throw s.wrong(
          "Particle",
          "describes a blend of " + names.size() + " materials",
          "one active material an electrode",
          "one of them carries nearly all of the capacity; keep only that one");
    }
    return particles.section(names.get(0));
  }

  /** What a R/3 of the volume is active material has to fit beside the electrolyte. */
  private static double surface(BpxSection s, double radius, double porosity) {
    String key = "Surface area per unit volume [m-1]";
    double area = s.positive(key);
    double active = area * radius / 3;
    // A rounded table value may lie a little above 1.
    if (!(active + porosity <= 1.001)) {
      throw s.wrong(
          key,
          "is "
              + area
              + ", with which active material and pores fill "
              + (float) (active + porosity)
              + " of the volume",
          "at most " + (float) (3 * (1 - porosity) / radius),
          "the particle radius is a diameter");
    }
    return area;
  }

  private static BpxFile.Separator separator(BpxSection s) {
    BpxFile.Separator separator =
        new BpxFile.Separator(
            s.positive("Thickness [m]", MOST_METRES),
            s.fraction("Porosity"),
            s.fraction("Transport efficiency"));
    s.rejectUnknown();
    return separator;
  }

  /** Version 0 kept temperatures in the Cell and the concentration in the Electrolyte section. */
  private static BpxFile.State state(BpxSection state, BpxSection cell, BpxSection electrolyte) {
    BpxSection initial = state.optionalSection("Initial conditions");
    BpxSection thermal = state.optionalSection("Thermal environment");
    BpxSection lost = state.optionalSection("Degradation");
    initial.nameList().stream()
        .filter(k -> k.startsWith("Initial hysteresis state"))
        .forEach(initial::allow);
    String ambientKey = "Ambient temperature [K]";
    double ambient =
        thermal.positiveOrElse(
            ambientKey, MOST_KELVIN, cell.positiveOrElse(ambientKey, MOST_KELVIN, ROOM_KELVIN));
    String initialKey = "Initial temperature [K]";
    BpxFile.State result =
        new BpxFile.State(
            initial.positiveOrElse(
                "Initial electrolyte concentration [mol.m-3]",
                MOST_MOL_PER_M3,
                electrolyte.positiveOrElse(
                    "Initial concentration [mol.m-3]", MOST_MOL_PER_M3, 1000)),
            initial.has(SOC) ? initial.stoichiometry(SOC) : 1,
            initial.positiveOrElse(
                initialKey, MOST_KELVIN, cell.positiveOrElse(initialKey, MOST_KELVIN, ambient)),
            ambient,
            thermal.optionalNotNegative("Heat transfer coefficient [W.m-2.K-1]"),
            new BpxFile.Degradation(
                lost.lossOrZero("LLI"),
                lost.lossOrZero("LAM: Negative electrode"),
                lost.lossOrZero("LAM: Positive electrode")));
    initial.rejectUnknown();
    thermal.rejectUnknown();
    lost.rejectUnknown();
    state.rejectUnknown();
    return result;
  }

  private static Map<String, Double> userDefined(BpxSection s) {
    Map<String, Double> numbers = new HashMap<>();
    for (Iterator<String> names = s.names(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = s.raw(name);
      if (value.isNumber() && Double.isFinite(value.asDouble())) {
        numbers.put(name, value.asDouble());
      }
    }
    return Map.copyOf(numbers);
  }

  private static Map<String, String> userTexts(BpxSection s) {
    Map<String, String> texts = new HashMap<>();
    for (Iterator<String> names = s.names(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = s.raw(name);
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        texts.put(name, s.written(name));
      }
    }
    return Map.copyOf(texts);
  }
}
