package dev.anodyne.hil.fmi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What {@code modelDescription.xml} says, as far as co-simulation needs it.
 *
 * @param file where it is from
 * @param version 2 or 3
 * @param modelName for people
 * @param token GUID (FMI 2) or instantiation token (FMI 3)
 * @param modelIdentifier name of the shared library
 * @param canSaveState whether its state can be saved and restored
 * @param variables real ones by name
 */
record ModelDescription(
    Path file,
    int version,
    String modelName,
    String token,
    String modelIdentifier,
    boolean canSaveState,
    Map<String, Variable> variables) {
  /** Elements that hold a real variable: FMI 3 names the type, FMI 2 has it inside. */
  private static final Set<String> REAL = Set.of("Real", "Float64");

  /**
   * A real variable.
   *
   * @param reference by which functions know it
   * @param causality input, output, parameter, local, …
   * @param unit as declared; empty for none
   */
  record Variable(int reference, String causality, String unit) {}

  ModelDescription {
    variables = Map.copyOf(variables);
  }

  /**
   * Reads one.
   *
   * @throws FmiException when it is not one of FMI 2 or 3 for co-simulation
   */
  static ModelDescription read(Path file) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // Somebody else's file: nothing outside of it is read.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      return new Reader(file, factory.createXMLStreamReader(in)).read();
    } catch (IOException | XMLStreamException e) {
      throw new FmiException(file + ": cannot be read: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * A variable by its name.
   *
   * @param causalities that are possible
   */
  Variable variable(String name, List<String> causalities) {
    Variable found = variables.get(name);
    if (found == null || !causalities.contains(found.causality())) {
      String allowed =
          String.join(
              ", ",
              variables.entrySet().stream()
                  .filter(v -> causalities.contains(v.getValue().causality()))
                  .map(Map.Entry::getKey)
                  .sorted()
                  .limit(40)
                  .toList());
      throw new FmiException(
          modelName
              + ": '"
              + name
              + "' is no real "
              + causalities.get(0)
              + "; allowed: "
              + allowed
              + ".");
    }
    return found;
  }

  private static final class Reader {
    private final Path file;
    private final XMLStreamReader xml;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private int version;
    private String modelName = "";
    private String token = "";
    private String identifier = "";
    private boolean canSave;
    private @Nullable String name;
    private String reference = "";
    private String causality = "";

    Reader(Path file, XMLStreamReader xml) {
      this.file = file;
      this.xml = xml;
    }

    ModelDescription read() throws XMLStreamException {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          element(xml.getLocalName());
        }
      }
      if (version != 2 && version != 3) {
        throw new FmiException(file + ": is no model description of FMI 2 or 3.");
      }
      if (identifier.isEmpty()) {
        throw new FmiException(
            file + ": has no CoSimulation part; allowed: units for co-simulation.");
      }
      return new ModelDescription(file, version, modelName, token, identifier, canSave, variables);
    }

    private void element(String element) {
      switch (element) {
        case "fmiModelDescription" -> {
          String text = attribute("fmiVersion");
          version = text.startsWith("2.") ? 2 : text.startsWith("3.") ? 3 : 0;
          modelName = attribute("modelName");
          token = attribute(version == 3 ? "instantiationToken" : "guid");
        }
        case "CoSimulation" -> {
          identifier = attribute("modelIdentifier");
          canSave =
              attribute(version == 3 ? "canGetAndSetFMUState" : "canGetAndSetFMUstate")
                  .equals("true");
        }
        case "ScalarVariable" -> {
          name = attribute("name");
          reference = attribute("valueReference");
          causality = attribute("causality");
        }
        case "Float64" -> {
          name = attribute("name");
          reference = attribute("valueReference");
          causality = attribute("causality");
          add(element);
        }
        default -> add(element);
      }
    }

    /** Only what stands inside a variable counts: type definitions have the same names. */
    private void add(String element) {
      if (name != null && REAL.contains(element)) {
        variables.put(
            name,
            new Variable(
                Integer.parseUnsignedInt(reference),
                causality.isEmpty() ? "local" : causality,
                attribute("unit")));
        name = null;
      }
    }

    private String attribute(String key) {
      String value = xml.getAttributeValue(null, key);
      return value == null ? "" : value;
    }
  }
}
