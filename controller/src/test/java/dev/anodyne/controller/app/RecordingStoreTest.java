package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.config.StationConfig.RecordingConfig;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that cannot be begun. */
class RecordingStoreTest {
  @TempDir Path folder;
  private final AtomicInteger openStreams = new AtomicInteger();

  private OutputStream open(Path file) throws IOException {
    openStreams.incrementAndGet();
    return new FilterOutputStream(Files.newOutputStream(file)) {
      @Override
      public void close() throws IOException {
        openStreams.decrementAndGet();
        super.close();
      }
    };
  }

  @Test
  void aRecordingThatCannotBeBegunLeavesNothingBehind() {
    RecordingStore store =
        RecordingStore.in(new RecordingConfig(folder, 5, 1_000_000), Clock.systemUTC(), this::open);
    SessionRecording recording =
        store.open(
            "C1",
            () -> {
              throw new IllegalStateException("no head");
            },
            null,
            false);
    assertThat(recording).as("the charge goes on without it").isNull();
    assertThat(openStreams).hasValue(0);
    assertThat(folder).isEmptyDirectory();
  }

  /** A kill may come before the first line is on the disk, or at any byte after it. */
  @Test
  void whatAKillCutOffIsKeptFromItsFirstLineOn() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(whole, true)) {
      out.write("{\"recording\": 1}\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      out.write("{\"second\": 2}\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = whole.toByteArray();
    Files.write(folder.resolve("C1-empty.jsonl.gz.part"), new byte[0]);
    Files.write(folder.resolve("C1-head.jsonl.gz.part"), Arrays.copyOf(bytes, 12));
    Files.write(folder.resolve("C1-cut.jsonl.gz.part"), Arrays.copyOf(bytes, bytes.length - 8));
    Files.write(folder.resolve("C1-kept.jsonl.gz"), new byte[0]);
    RecordingStore.in(new RecordingConfig(folder, 5, 1_000_000)).adoptNow();
    assertThat(folder)
        .isDirectoryContaining(file -> file.endsWith("C1-cut.jsonl.gz"))
        .isDirectoryContaining(file -> file.endsWith("C1-kept.jsonl.gz"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }
}
