package dev.anodyne.hil.fmi;

import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.channel.Forcing;
import dev.anodyne.hil.report.JUnitXml;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the plant as an FMI 2.0 co-simulation unit whose calls go to a bench that runs beside it,
 * see {@link FmuServer}. Its shared library is compiled here, by the machine's own C compiler.
 */
public final class FmuExport {
  private static final String SOURCE = "plant.c";
  private static final String IDENTIFIER = "anodyne_plant";
  private static final double FAR = 1e30;
  private static final List<String> INPUTS =
      List.of("command.", "charger.fault.", "bms.", "environment.", "pack.connected", "charger.");

  private FmuExport() {}

  /** The unit's GUID: another one for another set of variables, so that both fit each other. */
  public static String guid(PlantConfig plant) {
    String names = String.join("\n", new SimulatedPack(plant).channels().names());
    return "{" + UUID.nameUUIDFromBytes(names.getBytes(StandardCharsets.UTF_8)) + "}";
  }

  /**
   * Writes the unit, complete or not at all.
   *
   * @param plant battery and charger
   * @param address where its bench listens, an IPv4 address
   * @param port as above
   * @throws FmiException when there is no C compiler, or it fails
   */
  public static void write(Path file, PlantConfig plant, String address, int port)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("anodyne-fmu-");
    Path library = folder.resolve(IDENTIFIER + ".so");
    Path source = folder.resolve(SOURCE);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      byte[] code = source();
      Files.write(source, code);
      compile(source, library);
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
        put(zip, "modelDescription.xml", xml(plant).getBytes(StandardCharsets.UTF_8));
        put(zip, "binaries/linux64/" + IDENTIFIER + ".so", Files.readAllBytes(library));
        put(zip, "sources/" + SOURCE, code);
        String endpoint = address + " " + port + "\n";
        put(zip, "resources/endpoint.txt", endpoint.getBytes(StandardCharsets.UTF_8));
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(library);
      Files.deleteIfExists(source);
      Files.deleteIfExists(folder);
    }
  }

  private static byte[] source() throws IOException {
    try (InputStream in = FmuExport.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IOException("Resource " + SOURCE + " is not on the class path.");
      }
      return in.readAllBytes();
    }
  }

  private static void compile(Path source, Path library) throws InterruptedException {
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (compiler.waitFor() != 0) {
        throw new FmiException("The C compiler failed: " + said.lines().findFirst().orElse(""));
      }
    } catch (IOException e) {
      throw new FmiException(
          "There is no C compiler 'cc', which a unit's library is made with.\n"
              + "Maybe install the package 'gcc'.",
          e);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String xml(PlantConfig plant) {
    Channels channels = new SimulatedPack(plant).channels();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<fmiModelDescription fmiVersion=\"2.0\" modelName=\"Anodyne plant\" guid=\"");
    xml.append(guid(plant)).append("\" variableNamingConvention=\"structured\"");
    xml.append(" generationTool=\"Anodyne\">\n");
    xml.append("  <CoSimulation modelIdentifier=\"").append(IDENTIFIER);
    xml.append("\" needsExecutionTool=\"true\" canHandleVariableCommunicationStepSize=\"true\"");
    xml.append(" canGetAndSetFMUstate=\"false\"/>\n  <UnitDefinitions>\n");
    Set<String> units = new LinkedHashSet<>();
    for (int i = 0; i < channels.count(); i++) {
      units.add(channels.get(i).unit());
    }
    units.forEach(u -> xml.append("    <Unit name=\"").append(safe(u)).append("\"/>\n"));
    xml.append("  </UnitDefinitions>\n  <ModelVariables>\n");
    StringBuilder outputs = new StringBuilder();
    int index = 0;
    for (int i = 0; i < channels.count(); i++) {
      Channel channel = channels.get(i);
      if (channel.name().equals("time")) {
        continue; // the independent variable is the tool's own
      }
      index++;
      boolean input = isInput(channel);
      variable(xml, channel, i, input);
      if (!input) {
        outputs.append("      <Unknown index=\"").append(index).append("\"/>\n");
      }
    }
    xml.append("  </ModelVariables>\n  <ModelStructure>\n    <Outputs>\n").append(outputs);
    return xml.append("    </Outputs>\n  </ModelStructure>\n</fmiModelDescription>\n").toString();
  }

  private static boolean isInput(Channel channel) {
    return channel.forcing() == Forcing.PLANT
        && INPUTS.stream().anyMatch(head -> channel.name().startsWith(head));
  }

  private static void variable(StringBuilder xml, Channel channel, int reference, boolean input) {
    xml.append("    <ScalarVariable name=\"").append(safe(channel.name()));
    xml.append("\" valueReference=\"").append(reference);
    xml.append("\" causality=\"").append(input ? "input" : "output");
    xml.append("\" variability=\"continuous\" description=\"").append(safe(channel.meaning()));
    xml.append("\"><Real unit=\"").append(safe(channel.unit())).append('"');
    if (input) {
      double start = channel.read();
      double finite = Double.isNaN(start) ? 0 : Math.max(-FAR, Math.min(FAR, start));
      xml.append(" start=\"").append(finite).append('"');
    }
    xml.append("/></ScalarVariable>\n");
  }

  private static String safe(String text) {
    return JUnitXml.escaped(text);
  }
}
