package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that generates data is killed, and another goes on to the same bytes. Slow: several
 * processes simulate the same sessions.
 */
@Tag("slow")
class KilledGenerationTest {
  /** Many times what the whole generation takes, even on a busy machine. */
  private static final long PATIENCE_SECONDS = 240;

  @TempDir static Path made;

  @BeforeAll
  static void generateOnce() {
    var unused = DataSet.prepare(DataSetTest.wide(made).withWorkers(2));
  }

  private static Process start(Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            GenerateMain.class.getName(),
            folder.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolveSibling(folder.getFileName() + ".log").toFile())
        .start();
  }

  /** Waits until at least one shard is whole, and not all of them. */
  private static void awaitFirstShard(Path folder, Process process) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (shards(folder) == 0) {
      assertThat(System.nanoTime()).as("no shard in time").isLessThan(end);
      assertThat(process.isAlive()).as("the generating process lives").isTrue();
      Thread.sleep(20);
    }
  }

  private static long shards(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(p -> p.getFileName().toString().matches("shard-\\d+")).count();
    }
  }

  @Test
  void aKilledProcessIsContinuedToTheSameBytes(@TempDir Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("data"));
    Process process = start(folder);
    awaitFirstShard(folder, process);
    process.destroyForcibly(); // SIGKILL
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    Map<String, String> left = DataSetTest.digests(folder);
    Map<String, String> all = DataSetTest.digests(made);
    assertThat(left).as("it was killed in the middle").isNotEqualTo(all);
    var unused = DataSet.prepare(DataSetTest.wide(folder).withWorkers(2));
    assertThat(DataSetTest.digests(folder)).isEqualTo(all);
  }

  @Test
  void anEndedProcessLeavesNoHalfShard(@TempDir Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("data"));
    Process process = start(folder);
    awaitFirstShard(folder, process);
    process.destroy(); // SIGTERM, which ends a process in order as Ctrl-C does
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> inside = Files.walk(folder)) {
      assertThat(inside.map(p -> p.getFileName().toString())).noneMatch(n -> n.endsWith(".part"));
    }
    var unused = DataSet.prepare(DataSetTest.wide(folder).withWorkers(2));
    assertThat(DataSetTest.digests(folder)).isEqualTo(DataSetTest.digests(made));
  }
}
