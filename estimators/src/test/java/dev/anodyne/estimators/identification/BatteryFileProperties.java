package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to a battery's file: it is refused in words, or what is read can be used. */
class BatteryFileProperties {
  private static final String WHOLE = whole();

  private static String whole() {
    IdentifiedCell unknown = IdentifiedCell.unknown(Garage.KIND);
    IdentifiedCell cell =
        new IdentifiedCell(
            unknown.cell(), unknown.nominalAmpHours(), 1, unknown.mean(), unknown.covariance());
    Identification found =
        new Identification(true, "why", cell, 3e-3, 1e-3, Map.of(), List.of(), 0, 0, 0, 0.1, 1);
    return BatteryJson.toText(
        BatteryRecord.unknown(Garage.KIND).with(found, "2026-01-01T10:00:00Z"));
  }

  @Provide
  Arbitrary<String> scraps() {
    return Arbitraries.of(
        "", "NaN", "-1", "1e308", "1e999", "-0.0", "null", "true", "\"x\"", "[]", "{}", "}", "\n");
  }

  @Property(tries = 400)
  void cutFilesAreRefused(@ForAll int at) {
    refusedOrUsable(WHOLE.substring(0, Math.floorMod(at, WHOLE.length())));
  }

  @Property(tries = 1000)
  void scrapsInTheMiddleAreRefusedOrHarmless(
      @ForAll int at, @ForAll("scraps") String scrap, @ForAll int length) {
    int from = Math.floorMod(at, WHOLE.length());
    int to = Math.min(WHOLE.length(), from + Math.floorMod(length, 30));
    refusedOrUsable(WHOLE.substring(0, from) + scrap + WHOLE.substring(to));
  }

  @Property(tries = 500)
  void anyTextIsRefused(@ForAll String text) {
    refusedOrUsable(text);
  }

  private static void refusedOrUsable(String text) {
    BatteryRecord record;
    try {
      record = BatteryJson.parse(text, "battery.json");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("Battery file battery.json").contains("\nMaybe ");
      // One line of complaint and one of advice.
      assertThat(e.getMessage().lines()).hasSize(2);
      return;
    }
    for (BatteryRecord.Entry entry : record.entries()) {
      for (IdentifiedParameter p : IdentifiedParameter.values()) {
        assertThat(entry.cell().value(p)).isFinite();
        assertThat(entry.cell().standardDeviation(p)).isFinite().isPositive();
      }
    }
    // What is read can be written and is then read the same.
    String again = BatteryJson.toText(record);
    assertThat(BatteryJson.toText(BatteryJson.parse(again, "again"))).isEqualTo(again);
  }
}
