package dev.anodyne.controller.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldStopsTest {
  private static final Orders STOPPED = Orders.NONE.held(true, false);
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data").resolve("emergency-stops.json");
  }

  private static void onDisk(HeldStops stops) throws Exception {
    stops.written().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aStopIsOnTheDiskAndAResetTakesItAway() throws Exception {
    HeldStops stops = HeldStops.in(file());
    stops.keep("CH1", STOPPED);
    stops.keep("CH2", STOPPED.acknowledged("anna"));
    onDisk(stops);
    // Nothing is closed: as after a kill.
    HeldStops again = HeldStops.in(file());
    assertThat(again.of("CH1")).isEqualTo(STOPPED);
    assertThat(again.of("CH2")).isEqualTo(STOPPED.acknowledged("anna"));
    assertThat(again.of("CH3")).isEqualTo(Orders.NONE);
    again.keep("CH1", Orders.NONE);
    onDisk(again);
    assertThat(HeldStops.in(file()).of("CH1")).isEqualTo(Orders.NONE);
    assertThat(HeldStops.in(file()).of("CH2")).isEqualTo(STOPPED.acknowledged("anna"));
  }

  @Test
  void manyAtOnceAreAllKept() throws Exception {
    HeldStops stops = HeldStops.in(file());
    for (int i = 0; i < 1000; i++) {
      stops.keep("CH" + i, STOPPED);
    }
    onDisk(stops);
    HeldStops again = HeldStops.in(file());
    for (int i = 0; i < 1000; i++) {
      assertThat(again.of("CH" + i).emergencyStopped()).isTrue();
    }
  }

  @Test
  void whereNothingCanBeWrittenTheStopStillHoldsAndTheAnswerSaysSo() throws Exception {
    Files.writeString(folder.resolve("data"), "a file where the folder should be");
    HeldStops stops = HeldStops.in(file());
    ConnectorSupervision connector = new ConnectorSupervision("CH1", 1e6, stops);
    connector.order(o -> o.held(true, false));
    assertThat(connector.orders().emergencyStopped()).isTrue();
    assertThatThrownBy(() -> onDisk(stops)).hasRootCauseInstanceOf(java.io.IOException.class);
    // The connector's configuration is replaced: still stopped.
    assertThat(new ConnectorSupervision("CH1", 2e6, stops).orders().emergencyStopped()).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsNoPermission() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"CH1\": ");
    assertThatThrownBy(() -> HeldStops.in(file()))
        .hasMessageContaining("emergency-stops.json")
        .hasMessageContaining("Maybe");
  }
}
