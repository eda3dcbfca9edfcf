package dev.anodyne.controller.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final int EXPENDABLE_BYTES = 1000;

  @TempDir private Path folder;

  @Test
  void framesComeBackInOrderAlsoAfterARestart() throws Exception {
    try (Spool spool = spool(folder, 1_000_000)) {
      for (int i = 0; i < 300; i++) {
        spool.append(frame(i, 9, 1));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(number(spool.peek())).isEqualTo(i);
        spool.remove();
      }
      assertThat(spool.entries()).isEqualTo(2000);
    }
    try (Spool again = spool(folder, 1_000_000)) {
      List<Integer> read = drain(again);
      assertThat(read.get(0)).as("the oldest file is read again").isLessThanOrEqualTo(100);
      assertThat(read.get(read.size() - 1)).isEqualTo(299);
      assertThat(read).isSorted().doesNotHaveDuplicates();
      assertThat(again.isEmpty()).isTrue();
      assertThat(again.bytes()).isZero();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void whatMayGiveWayDoesFromTheOldestOn() throws Exception {
    try (Spool spool = spool(folder, 100_000)) {
      for (int i = 0; i < 400; i++) {
        spool.append(frame(i, 9, 1));
        assertThat(spool.bytes()).isLessThanOrEqualTo(100_000);
      }
      assertThat(spool.droppedExpendable()).isPositive().isLessThan(9 * 400);
      assertThat(spool.droppedLasting()).isZero();
      List<Integer> read = new ArrayList<>();
      List<Integer> whole = new ArrayList<>();
      for (Frame frame = spool.peek(); frame != null; frame = spool.peek()) {
        read.add(number(frame));
        if (frame.expendable() > 0) {
          whole.add(number(frame));
        }
        spool.remove();
      }
      assertThat(read).as("every lasting entry").hasSize(400).isSorted();
      assertThat(whole).as("the newest are whole").endsWith(398, 399).doesNotContain(0);
    }
  }

  @Test
  void lastingEntriesGoOnlyWhenNothingElseIsLeft() throws Exception {
    try (Spool spool = spool(folder, 20_000)) {
      for (int i = 0; i < 2000; i++) {
        spool.append(frame(i, 0, 1));
      }
      assertThat(spool.droppedLasting()).isPositive();
      assertThat(spool.bytes()).isLessThanOrEqualTo(20_000);
      List<Integer> read = drain(spool);
      assertThat(read.get(read.size() - 1)).isEqualTo(1999);
      assertThat(read.size() + spool.droppedLasting()).isEqualTo(2000);
    }
  }

  @Test
  void aFrameThatWasHalfWrittenIsNotThere() throws Exception {
    try (Spool spool = spool(folder, 1_000_000)) {
      spool.append(frame(1, 1, 0));
      spool.append(frame(2, 1, 0));
    }
    Path file = files().get(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 3);
    }
    try (Spool again = spool(folder, 1_000_000)) {
      again.append(frame(3, 1, 0));
      assertThat(drain(again)).containsExactly(1, 3);
    }
  }

  @Test
  void aDamagedFrameIsCountedAndTheNextFileGoesOn() throws Exception {
    try (Spool spool = spool(folder, 8000)) {
      for (int i = 0; i < 4; i++) {
        spool.append(frame(i, 1, 1));
      }
    }
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[200] ^= 1;
    Files.write(file, bytes);
    try (Spool again = spool(folder, 8000)) {
      List<Integer> read = drain(again);
      assertThat(read).doesNotContain(0).contains(3);
      assertThat(again.droppedExpendable() + read.size()).isEqualTo(4);
      assertThat(again.droppedLasting() + read.size()).isEqualTo(4);
    }
  }

  @Test
  void aFolderThatCannotBeMadeChangesNothing() throws Exception {
    Path inTheWay = folder.resolve("spool");
    Files.writeString(inTheWay, "");
    try (Spool spool = spool(inTheWay, 100_000)) {
      assertThatThrownBy(() -> spool.append(frame(1, 1, 0))).isInstanceOf(IOException.class);
      assertThat(spool.isEmpty()).isTrue();
      Files.delete(inTheWay);
      spool.append(frame(2, 1, 0));
      assertThat(drain(spool)).containsExactly(2);
    }
  }

  /** Whatever is appended and removed, the order stays and nothing lasting is lost in the bound. */
  @Property(tries = 100)
  void neverLosesOrderNorWhatLasts(
      @ForAll @Size(max = 60) List<@IntRange(min = -3, max = 9) Integer> steps) throws IOException {
    Path own = Files.createTempDirectory("spool");
    int next = 0;
    int expected = 0;
    try (Spool spool = spool(own, 60_000)) {
      for (int step : steps) {
        if (step >= 0) {
          spool.append(frame(next++, step, 1));
        } else if (spool.peek() != null) {
          assertThat(number(spool.peek())).isEqualTo(expected++);
          spool.remove();
        }
        assertThat(spool.bytes()).isLessThanOrEqualTo(60_000);
      }
      assertThat(drain(spool)).hasSize(next - expected).isSorted();
      assertThat(spool.droppedLasting()).isZero();
    } finally {
      try (var left = Files.list(own)) {
        assertThat(left).isEmpty();
      }
      Files.delete(own);
    }
  }

  private static Spool spool(Path folder, long bytes) {
    return new Spool(folder, bytes, SpoolTest::thinned);
  }

  /** Its number, then bytes for what may give way. */
  private static Frame frame(int number, int expendable, int lasting) {
    byte[] payload = new byte[4 + (expendable > 0 ? EXPENDABLE_BYTES : 0)];
    payload[0] = (byte) (number >> 8);
    payload[1] = (byte) number;
    return new Frame(payload, expendable, lasting);
  }

  private static Frame thinned(Frame frame) {
    return frame(number(frame), 0, frame.lasting());
  }

  private static int number(Frame frame) {
    return (frame.payload()[0] & 0xff) << 8 | frame.payload()[1] & 0xff;
  }

  private static List<Integer> drain(Spool spool) {
    List<Integer> read = new ArrayList<>();
    for (Frame frame = spool.peek(); frame != null; frame = spool.peek()) {
      read.add(number(frame));
      spool.remove();
    }
    return read;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
