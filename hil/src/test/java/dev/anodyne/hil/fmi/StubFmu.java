package dev.anodyne.hil.fmi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Compiles the tests' own C unit and packs it, for FMI 2 or 3. */
final class StubFmu {
  static final String TOKEN = "{5c3b1f5e-7f7f-4e2e-9f0a-2b6d3b1c9a11}";

  private static final List<List<String>> VARIABLES =
      List.of(
          List.of("I", "1", "input", "A"),
          List.of("soc", "2", "output", ""),
          List.of("R", "3", "parameter", "Ohm"),
          List.of("Q", "4", "parameter", "A.h"),
          List.of("T", "5", "output", "degC"),
          List.of("V", "6", "output", "V"),
          List.of("failAt", "7", "parameter", "s"));

  private StubFmu() {}

  static boolean hasCompiler() {
    try {
      return new ProcessBuilder("cc", "--version").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path make(Path folder, int version) throws IOException, InterruptedException {
    return make(folder, version, TOKEN);
  }

  static Path make(Path folder, int version, String token)
      throws IOException, InterruptedException {
    Path source = folder.resolve("battery.c");
    try (InputStream in = StubFmu.class.getResourceAsStream("battery.c")) {
      Files.write(source, in.readAllBytes());
    }
    Path library = folder.resolve("battery" + version + ".so");
    List<String> words =
        new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-O1", "-o", library.toString()));
    if (version == 3) {
      words.add("-DFMI3");
    }
    words.add(source.toString());
    Process compiler = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(said).isZero();
    Path fmu = folder.resolve("battery" + version + ".fmu");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(fmu))) {
      put(zip, "modelDescription.xml", xml(version, token).getBytes(StandardCharsets.UTF_8));
      String platform = version == 2 ? "linux64" : "x86_64-linux";
      put(zip, "binaries/" + platform + "/battery.so", Files.readAllBytes(library));
      put(zip, "resources/readme.txt", new byte[0]);
    }
    return fmu;
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String xml(int version, String token) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n");
    boolean two = version == 2;
    xml.append("<fmiModelDescription modelName=\"stub battery\" fmiVersion=\"")
        .append(two ? "2.0" : "3.0")
        .append(two ? "\" guid=\"" : "\" instantiationToken=\"")
        .append(token)
        .append("\">\n<CoSimulation modelIdentifier=\"battery\" ")
        .append(two ? "canGetAndSetFMUstate" : "canGetAndSetFMUState")
        .append("=\"true\"/>\n<TypeDefinitions><SimpleType name=\"x\"><Real unit=\"kg\"/>")
        .append("</SimpleType></TypeDefinitions>\n<ModelVariables>\n");
    for (List<String> v : VARIABLES) {
      String unit = v.get(3).isEmpty() ? "" : " unit=\"" + v.get(3) + "\"";
      String head =
          String.format(
              "name=\"%s\" valueReference=\"%s\" causality=\"%s\"", v.get(0), v.get(1), v.get(2));
      xml.append(
          two
              ? "<ScalarVariable " + head + "><Real" + unit + "/></ScalarVariable>\n"
              : "<Float64 " + head + unit + "/>\n");
    }
    return xml.append("</ModelVariables></fmiModelDescription>\n").toString();
  }
}
