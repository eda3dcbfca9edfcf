package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
  private static final Instant BEGUN = Instant.parse("2026-01-31T06:30:00Z");

  @TempDir Path folder;

  static OpenCharge charge(String id, String connector, @Nullable Instant departure) {
    return new OpenCharge(
        id,
        connector,
        BEGUN,
        "API",
        "van-7",
        "lgm50",
        "4s1p",
        "{\"targetSoc\":0.9}",
        0.9,
        departure,
        "Charging",
        BEGUN.plusSeconds(60),
        false);
  }

  @Test
  void anotherProcessFindsWhatWasUnderWay() {
    OpenCharge first = charge("a", "C1", BEGUN.plusSeconds(3600));
    try (FileLedger ledger = new FileLedger(folder.resolve("new"))) {
      ledger.put(first);
      ledger.put(charge("b", "C2", null));
      assertThat(ledger.open("C1")).as("also before it is on the disk").contains(first);
    }
    try (FileLedger next = new FileLedger(folder.resolve("new"))) {
      assertThat(next.open("C1")).contains(first);
      assertThat(next.open("C2")).contains(charge("b", "C2", null));
      assertThat(next.open("C3")).isEmpty();
    }
  }

  @Test
  void aChargeThatIsOverIsForgottenButNoOther() {
    try (FileLedger ledger = new FileLedger(folder)) {
      ledger.put(charge("a", "C1", null));
      ledger.close("C1", "older");
      assertThat(ledger.open("C1")).isPresent();
      ledger.close("C1", "a");
      assertThat(ledger.open("C1")).isEmpty();
    }
    assertThat(folder.resolve("C1.json")).doesNotExist();
  }

  @Test
  void aDamagedEntryIsNone() throws Exception {
    Files.writeString(folder.resolve("C1.json"), "{\"charge\":");
    try (FileLedger ledger = new FileLedger(folder)) {
      assertThat(ledger.open("C1")).isEmpty();
    }
  }

  @Test
  void aDiskThatCannotBeWrittenKeepsNobodyWaitingAndIsWrittenAgainLater() throws Exception {
    Path file = Files.writeString(folder.resolve("none"), "a file, not a folder");
    try (FileLedger ledger = new FileLedger(file)) {
      ledger.put(charge("a", "C1", null));
      await().atMost(Duration.ofSeconds(10)).until(() -> ledger.open("C1").isEmpty());
      Files.delete(file);
      ledger.put(charge("a", "C1", null));
    }
    assertThat(file.resolve("C1.json")).exists();
  }

  @Test
  void textsAreReadBackAndOthersRefused() {
    OpenCharge one = charge("a", "C1", BEGUN).stopped();
    assertThat(OpenCharge.parse(one.text())).isEqualTo(one);
    assertThatIllegalArgumentException().isThrownBy(() -> OpenCharge.parse("{}"));
    assertThatIllegalArgumentException().isThrownBy(() -> OpenCharge.parse("[1]"));
  }
}
