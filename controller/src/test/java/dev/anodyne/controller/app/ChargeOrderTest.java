package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.config.ChargeWish;
import dev.anodyne.controller.config.Moment;
import dev.anodyne.mpc.objective.ChargeGoal;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API may ask of a charge. */
class ChargeOrderTest {
  private static ChargeOrder order(String json) {
    return ChargeOrder.of(new JsonObject(json.replace('\'', '"')));
  }

  @Test
  void anOrderOverridesWhatItNamesAndNothingElse() {
    assertThat(order("{}")).isEqualTo(ChargeOrder.USUAL);
    ChargeOrder asked =
        order(
            "{'targetSoc': 0.9, 'goal': 'cost+ageing:0.5', 'departureMinutes': 90,"
                + " 'tariff': [{'from': 0, 'pricePerKilowattHour': 0.3}]}");
    assertThat(asked.targetSoc()).isEqualTo(0.9);
    ChargeWish configured =
        new ChargeWish(null, Moment.of("06:30"), null, null).overriddenBy(asked.wish());
    assertThat(configured.goal()).isEqualTo(ChargeGoal.costAndAgeing(0.5));
    assertThat(configured.departure()).isEqualTo(Moment.afterMinutes(90));
    assertThat(configured.tariff()).isNotNull();
    assertThat(new ChargeWish(null, Moment.of("06:30"), null, null).overriddenBy(ChargeWish.NONE))
        .isEqualTo(new ChargeWish(null, Moment.of("06:30"), null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'target': 1}|'target' is unknown; allowed: announcedCaps, battery, departure",
        "{'targetSoc': 80}|targetSoc is '80.0'; allowed: above 0 and at most 1",
        "{'targetSoc': 'high'}|targetSoc is 'high'; allowed: a number",
        "{'goal': 'soon'}|goal: 'soon' is unknown; allowed: fastest",
        "{'departure': '7'}|a time of day such as",
        "{'departureMinutes': 0}|departureMinutes is '0.0'; allowed: 1 to 2880 min",
        "{'departureMinutes': 5, 'departure': '06:00'}|not both",
        "{'tariff': [{'from': 0}]}|tariff[0].pricePerKilowattHour is missing; allowed: a number",
        "{'tariff': 3}|tariff is '3'; allowed: a list of",
        "{'announcedCaps': [{'from': '25:00', 'maxWatts': 1}]}|announcedCaps[0].from: '25:00'",
      })
  void errorsNameTheKeyTheValueAndWhatIsAllowed(String json, String message) {
    assertThatThrownBy(() -> order(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
