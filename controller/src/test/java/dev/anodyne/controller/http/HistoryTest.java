package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  @Test
  void keepsPointsByColumnAndLeavesUnknownValuesOut() {
    History history = new History(List.of("t", "x"), 100);
    history.add(0, 1);
    history.add(1, Double.NaN);
    history.add(1, 5); // the same time again
    assertThat(history.from(0).encode()).isEqualTo("{\"t\":[0.0,1.0],\"x\":[1.0,null]}");
    assertThat(history.from(1).encode()).isEqualTo("{\"t\":[1.0],\"x\":[null]}");
    assertThat(history.from(2).getJsonArray("t")).isEmpty();
  }

  @Test
  void staysBoundedAndTellsThatItWasThinned() {
    History history = new History(List.of("t", "x"), 1000);
    for (int i = 0; i < 10_000; i++) {
      history.add(i, -i);
    }
    assertThat(history.size()).isBetween(500, 1000);
    assertThat(history.generation()).isPositive();
    var time = history.from(0).getJsonArray("t");
    for (int i = 1; i < time.size(); i++) {
      assertThat(time.getDouble(i)).isGreaterThan(time.getDouble(i - 1));
    }
    assertThat(time.getDouble(0)).isZero();
    assertThat(time.getDouble(time.size() - 1)).isEqualTo(9999);
  }
}
