package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A battery's file that several write, or that a writer leaves in the middle. */
@Timeout(60)
class BatteryFileSharingTest {
  private static final int EACH = 40;

  @TempDir Path folder;

  /** Each session starts from the one before, whoever wrote it: none is lost. */
  @Test
  void sessionsOfSeveralProcessesAndThreadsAllCount() throws Exception {
    Path file = folder.resolve("battery.json");
    Process one = BatteryWriter.start(file, EACH);
    Process other = BatteryWriter.start(file, EACH);
    Thread thread = new Thread(() -> addAll(file));
    thread.start();
    addAll(file);
    thread.join();
    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    BatteryRecord read = BatteryFile.read(file, Garage.KIND);
    assertThat(read.current(Garage.KIND).sessions()).isEqualTo(4 * EACH);
    assertThat(read.entries()).hasSize(BatteryRecord.MOST_ENTRIES);
  }

  private static void addAll(Path file) {
    for (int i = 0; i < EACH; i++) {
      BatteryWriter.add(file);
    }
  }

  /** Killed at any moment, a writer leaves a whole file and no lock. */
  @Test
  void killedWritersLeaveAWholeFile() throws Exception {
    Path file = folder.resolve("battery.json");
    BatteryWriter.add(file);
    int before = 1;
    for (int kill = 0; kill < 4; kill++) {
      Process writer = BatteryWriter.start(file, 1_000_000);
      assertThat(writer.inputReader().readLine()).isEqualTo("writing");
      // Odd times: some in the middle of a write, which takes most of the loop.
      TimeUnit.MILLISECONDS.sleep(50 + 37L * kill);
      writer.destroyForcibly().waitFor();
      int sessions = BatteryFile.read(file, Garage.KIND).current(Garage.KIND).sessions();
      assertThat(sessions).isGreaterThan(before);
      BatteryWriter.add(file);
      before = sessions + 1;
      assertThat(BatteryFile.read(file, Garage.KIND).current(Garage.KIND).sessions())
          .isEqualTo(before);
    }
  }

  @Test
  void halfAPartOfAKilledWriterHarmsNobody() throws Exception {
    Path file = folder.resolve("battery.json");
    BatteryWriter.add(file);
    String whole = Files.readString(file);
    Files.writeString(file.resolveSibling("battery.json.part"), whole.repeat(3).substring(7));
    assertThat(Files.readString(file)).isEqualTo(whole);
    BatteryWriter.add(file);
    assertThat(BatteryFile.read(file, Garage.KIND).entries()).hasSize(2);
    assertThat(file.resolveSibling("battery.json.part")).doesNotExist();
  }

  /** What is taken back leaves the very bytes that were there before. */
  @Test
  void takingBackIsExact() throws Exception {
    Path file = folder.resolve("battery.json");
    String[] after = new String[4];
    for (int i = 0; i < after.length; i++) {
      BatteryWriter.add(file);
      after[i] = Files.readString(file);
    }
    for (int i = after.length - 2; i >= 0; i--) {
      BatteryFile.update(file, BatteryRecord::restorePrevious);
      assertThat(Files.readString(file)).isEqualTo(after[i]);
    }
    BatteryFile.update(file, r -> r.restoreTo(0));
    assertThat(BatteryFile.read(file, Garage.KIND).current(Garage.KIND).applyTo(Garage.KIND))
        .isSameAs(Garage.KIND);
  }

  @Test
  void nothingIsWrittenWhereNothingChanges() throws Exception {
    Path file = folder.resolve("battery.json");
    BatteryFile.update(file, Garage.KIND, r -> r);
    assertThat(file).doesNotExist();
  }
}
