package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.config.StationConfig.RecordingConfig;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
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
}
