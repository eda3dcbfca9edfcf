package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.http.Documented;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * What the document allows of a battery is what a start takes; only cells' names are in neither.
 */
class BatteryIdentityDocumentTest {
  @Property(tries = 2000)
  void takesWhatTheDocumentAllowsAndNothingElse(@ForAll("batteries") JsonObject battery)
      throws Exception {
    assertThat(isTaken(battery))
        .as(battery.encode())
        .isEqualTo(Documented.isAllowed("BatteryIdentity", battery.encode()));
  }

  private static boolean isTaken(JsonObject battery) {
    try {
      BatteryIdentity.of(battery);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<JsonObject> batteries() {
    Arbitrary<String> letters =
        Arbitraries.strings().withChars("aZ9_-.: ä\n").ofMinLength(0).ofMaxLength(42);
    Arbitrary<String> ids =
        Arbitraries.oneOf(
            letters,
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(40),
            Arbitraries.of("van-7", "", "x".repeat(40), "x".repeat(41), "bus.17", "a:b"));
    Arbitrary<String> layouts =
        Arbitraries.oneOf(
            Arbitraries.of("4s1p", "96s2p", "0s1p", "9999s1p", "10000s1p", "4S1P", "4s", "04s1p"),
            Combinators.combine(Arbitraries.integers().between(0, 12_000), letters)
                .as((n, text) -> n + "s1p" + (n % 2 == 0 ? "" : text)));
    Arbitrary<Object> numbers =
        Arbitraries.<Object>of(0, 1, 3.5, 50, 100, 100.1, -0.1, 100_000, 100_001, "3", true);
    return Combinators.combine(
            ids.injectNull(0.1),
            layouts.injectNull(0.3),
            numbers.injectNull(0.3),
            numbers.injectNull(0.3),
            Arbitraries.of("colour", "").injectNull(0.9))
        .as(BatteryIdentityDocumentTest::battery);
  }

  private static JsonObject battery(
      @Nullable String id,
      @Nullable String layout,
      @Nullable Object age,
      @Nullable Object cycles,
      @Nullable String more) {
    JsonObject battery = new JsonObject();
    put(battery, "id", id);
    put(battery, "layout", layout);
    put(battery, "ageYears", age);
    put(battery, "equivalentFullCycles", cycles);
    return more == null ? battery : battery.put(more, "x");
  }

  private static void put(JsonObject battery, String key, @Nullable Object value) {
    if (value != null) {
      battery.put(key, value);
    }
  }
}
