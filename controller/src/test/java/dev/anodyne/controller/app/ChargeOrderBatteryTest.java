package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.anodyne.core.charging.PackLayout;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeOrderBatteryTest {
  @Test
  void readsWhatIsKnownOfABatteryAndWritesItBack() {
    String text =
        "{\"battery\":{\"id\":\"van-7\",\"cell\":\"chen2020\",\"layout\":\"96s2p\",\"ageYears\":2.5}}";
    ChargeOrder order = ChargeOrder.of(new JsonObject(text));
    assertThat(order.battery())
        .isEqualTo(new BatteryIdentity("van-7", "chen2020", new PackLayout(96, 2), 2.5, null));
    assertThat(ChargeOrder.of(new JsonObject(order.text()))).isEqualTo(order);
    assertThat(order.battery().toJson()).isEqualTo(new JsonObject(text).getJsonObject("battery"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"battery\": 7}                                        | battery is '7'",
        "{\"battery\": {}}                                       | battery.id is missing",
        "{\"battery\": {\"id\": \"../etc\"}}                     | battery.id is '../etc'",
        "{\"battery\": {\"id\": \"a\", \"cell\": \"/etc/hosts\"}}| battery.cell is '/etc/hosts'",
        "{\"battery\": {\"id\": \"a\", \"layout\": \"4\"}}       | battery.layout is '4'",
        "{\"battery\": {\"id\": \"a\", \"ageYears\": -1}}        | battery.ageYears is '-1'",
        "{\"battery\": {\"id\": \"a\", \"colour\": \"red\"}}     | battery.colour is 'red'",
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChargeOrder.of(new JsonObject(text)))
        .withMessageContaining(message)
        .withMessageContaining("allowed");
  }
}
