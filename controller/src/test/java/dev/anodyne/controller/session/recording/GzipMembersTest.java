package dev.anodyne.controller.session.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of several gzip members are one text. */
class GzipMembersTest {
  @TempDir Path folder;

  private static byte[] line(int number) {
    return ("{\"line\":" + number + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatWasFlushedInPiecesIsReadAsOne() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Path file = folder.resolve("recording.gz");
    try (GzipMembers out = new GzipMembers(Files.newOutputStream(file))) {
      for (int i = 0; i < 30_000; i++) {
        out.write(line(i));
        expected.write(line(i));
        if (i % 1000 == 7) {
          out.flush();
        }
      }
    }
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      assertThat(in.readAllBytes()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void whatWasFlushedBeforeACutCanBeRead() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GzipMembers out = new GzipMembers(file);
    out.write(line(1));
    out.flush();
    int whole = file.size();
    out.write(line(2));
    out.close();
    for (int size = whole; size < file.size(); size++) {
      byte[] cut = Arrays.copyOf(file.toByteArray(), size);
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(cut))) {
        assertThat(in.readNBytes(line(1).length)).isEqualTo(line(1));
      }
    }
  }
}
