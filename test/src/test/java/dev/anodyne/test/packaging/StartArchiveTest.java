package dev.anodyne.test.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher makes and uses the start archive; a script stands for the JVM. */
class StartArchiveTest {
  /** Writes what is asked of a training run, and says how it was called otherwise. */
  private static final String JVM =
      """
      #!/bin/sh
      for a in "$@"; do
        case $a in
          -XX:AOTCacheOutput=*) out=${a#*=} ;;
          -XX:ArchiveClassesAtExit=*) out=${a#*=} ;;
        esac
        last=$a
      done
      if [ "$last" = prepare ]; then
        echo trained >> "$LOG"
        [ -z "$BROKEN" ] || exit 1
        echo classes > "$out"
        exit 0
      fi
      echo "$*"
      """;

  @TempDir Path folder;
  private Path launcher;
  private Path jdk;

  private record Ended(int code, String output) {}

  @BeforeEach
  void distributionAndJdk() throws IOException {
    launcher = Files.createDirectories(folder.resolve("dist/bin")).resolve("anodyne");
    Files.copy(Path.of("../anodyne"), launcher);
    executable(launcher);
    Files.writeString(Files.createDirectories(folder.resolve("dist/lib")).resolve("a.jar"), "a");
    jdk = folder.resolve("jdk");
    Path bin = Files.createDirectories(jdk.resolve("bin"));
    for (String name : List.of("java", "javac")) {
      executable(Files.writeString(bin.resolve(name), JVM));
    }
    jdk(25);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void jdk(int major) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + major + ".0.1\"\n");
  }

  private Ended run(Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("LOG", folder.resolve("log").toString());
    builder.environment().put("ANODYNE_CACHE", folder.resolve("cache").toString());
    builder.environment().putAll(more);
    builder.environment().remove("ANODYNE_NO_ARCHIVE");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private long trained() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("cache"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void theFirstStartMakesItAndAllUseIt() throws IOException, InterruptedException {
    Ended first = run(Map.of(), "serve");
    Ended second = run(Map.of(), "serve");
    assertThat(trained()).isEqualTo(1);
    assertThat(first.output()).contains("making the start archive").contains("-XX:AOTCache=");
    assertThat(second.output())
        .doesNotContain("making")
        .contains("-XX:AOTCache=" + folder.resolve("cache"))
        .contains("-XX:ArchiveRelocationMode=0");
    assertThat(kept()).singleElement().asString().endsWith(".aot");
  }

  @Test
  void olderJdksUseTheirOwnKind() throws IOException, InterruptedException {
    jdk(17);
    assertThat(run(Map.of(), "serve").output()).contains("-XX:SharedArchiveFile=");
    assertThat(kept()).singleElement().asString().endsWith(".jsa");
  }

  @Test
  void oneThatCannotBeMadeIsTriedOnceOnly() throws IOException, InterruptedException {
    Ended first = run(Map.of("BROKEN", "yes"), "serve");
    assertThat(first.code()).isZero();
    assertThat(first.output()).contains("could not be made; the server starts without it. Maybe");
    Ended second = run(Map.of(), "serve");
    assertThat(trained()).isEqualTo(1);
    assertThat(second.output()).doesNotContain("making").doesNotContain("-XX:AOTCache=");
    assertThat(kept()).singleElement().asString().endsWith(".failed");
    // Whoever asks for it gets it.
    assertThat(run(Map.of(), "prepare").code()).isZero();
    assertThat(kept()).singleElement().asString().endsWith(".aot");
    assertThat(run(Map.of(), "serve").output()).contains("-XX:AOTCache=");
  }

  @Test
  void otherLibrariesGetOneOfTheirOwn() throws IOException, InterruptedException {
    run(Map.of(), "serve");
    Files.writeString(folder.resolve("dist/lib/b.jar"), "b");
    run(Map.of(), "serve");
    assertThat(trained()).isEqualTo(2);
    assertThat(kept()).hasSize(1);
  }
}
