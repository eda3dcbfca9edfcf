package dev.anodyne.test.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives as {@code ./anodyne dist} makes them from two copies of the source: the same bytes,
 * nothing of the bench in the server's, and a server that runs from it with an empty environment.
 */
@Tag("slow")
@Timeout(1800)
@EnabledOnOs(OS.LINUX)
class DistributionTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT =
      Set.of("target", ".git", "node_modules", "out", ".anodyne");
  private static final Duration BUILD = Duration.ofMinutes(12);
  private static final Duration READY = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static Path first;
  private static Path second;
  private static Path unpacked;

  @BeforeAll
  static void build() throws Exception {
    first = copy("first");
    second = copy("a-second-with-a-longer-name");
    for (Path checkout : List.of(first, second)) {
      Process build =
          run(checkout, System.getenv(), checkout.resolve("anodyne").toString(), "dist");
      assertThat(build.waitFor(BUILD.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(build.exitValue()).as(log(checkout)).isZero();
    }
    unpacked = Files.createDirectory(folder.resolve("opt"));
    Process tar = run(unpacked, Map.of(), "tar", "-xzf", archive(first, "server").toString());
    assertThat(tar.waitFor()).isZero();
    try (Stream<Path> only = Files.list(unpacked)) {
      unpacked = only.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @AfterAll
  static void forget() {
    first = second = unpacked = null;
  }

  private static Path copy(String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes unused)
              throws IOException {
            if (!from.equals(ROOT) && LEFT_OUT.contains(from.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(ROOT.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes unused)
              throws IOException {
            Path copy = to.resolve(ROOT.relativize(from));
            if (!from.getFileName().toString().equals(".git")) {
              Files.copy(from, copy);
              boolean executable = copy.toFile().setExecutable(Files.isExecutable(from));
              assertThat(executable).isTrue();
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  private static Process run(Path in, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    File log = in.resolve("log.txt").toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private static String log(Path in) throws IOException {
    return Files.readString(in.resolve("log.txt"));
  }

  private static Path archive(Path checkout, String of) throws IOException {
    try (Stream<Path> all = Files.list(checkout.resolve("packaging/" + of + "/target"))) {
      return all.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
  }

  @Test
  void theSameSourceGivesTheSameBytes() throws IOException {
    for (String of : List.of("server", "bench")) {
      assertThat(Files.mismatch(archive(first, of), archive(second, of))).as(of).isEqualTo(-1);
    }
  }

  @Test
  void theServersArchiveHasNothingOfTheBench() throws IOException {
    String[] jars = unpacked.resolve("lib").toFile().list();
    assertThat(jars).isNotNull();
    assertThat(Arrays.asList(jars))
        .anyMatch(jar -> jar.startsWith("anodyne-controller-"))
        .anyMatch(jar -> jar.startsWith("ortools-java-"))
        .noneMatch(
            jar ->
                jar.matches(
                    "anodyne-(plant-sim|hil)-.*|.*(nd4j|deeplearning4j|javacpp|openblas).*"
                        + "|.*(junit|assertj|jqwik|mockito|archunit|playwright).*"));
    assertThat(unpacked.resolve("native/libjniortools.so")).exists();
    for (String file :
        List.of(
            "LICENSE",
            "THIRD-PARTY.txt",
            "README.md",
            "service/anodyne.service",
            "service/Dockerfile",
            "examples/station.yaml",
            "docs/operations.md")) {
      assertThat(unpacked.resolve(file)).isNotEmptyFile();
    }
  }

  @Test
  void theBillOfMaterialsNamesEveryLibrary() throws IOException {
    JsonObject sbom = new JsonObject(Files.readString(unpacked.resolve("sbom.json")));
    assertThat(sbom.getString("bomFormat")).isEqualTo("CycloneDX");
    JsonArray components = sbom.getJsonArray("components");
    String[] jars = unpacked.resolve("lib").toFile().list();
    assertThat(jars).isNotNull();
    for (String jar : jars) {
      assertThat(components)
          .as("the component of %s", jar)
          .anyMatch(
              one ->
                  one instanceof JsonObject json
                      && jar.startsWith(json.getString("name") + "-" + json.getString("version")));
    }
  }

  /** Nothing but a PATH with the usual tools; the first start also makes the start archive. */
  @Test
  void aServerRunsFromItInAnEmptyEnvironment() throws Exception {
    Path station = Files.createDirectory(folder.resolve("station"));
    Files.writeString(
        station.resolve("station.yaml"),
        """
        http: {port: 0}
        connectors:
          - id: C1
            charger: {endpoint: "opc.tcp://127.0.0.1:9/none", user: a, password: b, pki: pki}
            battery: {cell: lgm50, layout: 4s1p}
        """);
    Map<String, String> empty = Map.of("PATH", "/usr/bin:/bin");
    String command = unpacked.resolve("bin/anodyne").toString();
    for (int i = 0; i < 2; i++) {
      Process server = run(station, empty, command, "serve", "--config", "station.yaml");
      try {
        long end = System.nanoTime() + READY.toNanos();
        while (!log(station).contains("Running until") && server.isAlive()) {
          assertThat(System.nanoTime()).as(log(station)).isLessThan(end);
          Thread.sleep(50);
        }
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as(log(station)).isZero();
      } finally {
        server.destroyForcibly();
      }
    }
    assertThat(log(station)).as("the second start has an archive").doesNotContain("archive");
    Process demo = run(station, empty, command, "demo");
    assertThat(demo.waitFor()).isEqualTo(2);
    assertThat(log(station)).contains("anodyne-bench");
  }
}
