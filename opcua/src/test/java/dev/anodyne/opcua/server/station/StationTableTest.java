package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of the station's address space in docs/opcua.md are those of the code; {@code
 * -Dnodeset.update=true} writes them anew.
 */
class StationTableTest {
  private static final Path DOCS = Path.of("..", "docs", "opcua.md");
  private static final String BEGIN = "<!-- station: made from the code -->\n";
  private static final String END = "<!-- /station -->\n";

  @Test
  void documentationShowsTheModel() throws IOException {
    String docs = Files.readString(DOCS);
    int begin = docs.indexOf(BEGIN) + BEGIN.length();
    int end = docs.indexOf(END);
    String tables = tables();
    if (Boolean.getBoolean("nodeset.update")) {
      Files.writeString(DOCS, docs.substring(0, begin) + tables + docs.substring(end));
      return;
    }
    assertThat(docs.substring(begin, end))
        .as("docs/opcua.md; write it anew with -Dnodeset.update=true")
        .isEqualTo(tables);
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    for (GroupSpec<StationView> group : StationModel.GROUPS) {
      group(text, "Station." + group.path(), group);
    }
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      group(text, "CH01." + group.path(), group);
    }
    text.append("\n| method | of | arguments | what it does |\n|---|---|---|---|\n");
    for (StationMethod method : StationMethod.values()) {
      String arguments =
          method.inputs().stream()
              .map(i -> i.name() + " (" + type(i.kind()) + ")")
              .collect(Collectors.joining(", "));
      text.append(
          String.format(
              "| `%s` | %s | %s | %s |\n",
              method.methodName(),
              method.ownerType(),
              arguments.isEmpty() ? "–" : arguments,
              method.description()));
    }
    text.append(
        "\n| alarm | type | severity | on, off delay | active when |\n|---|---|---|---|---|\n");
    AlarmModel.CHARGER.forEach(alarm -> alarm(text, "CH01", alarm.spec()));
    StationAlarmModel.STATION.forEach(alarm -> alarm(text, "Station", alarm.spec()));
    return text.toString();
  }

  private static void alarm(StringBuilder text, String owner, AlarmSpec spec) {
    String type =
        switch (spec.kind()) {
          case OFF_NORMAL -> "OffNormal";
          case EXCLUSIVE_LIMIT -> "ExclusiveLimit";
          case CERTIFICATE_EXPIRATION -> "CertificateExpiration";
        };
    text.append(
        String.format(
            "| `%s.Alarms.%s` | %s%s | %d | %s s, %s s | %s |\n",
            owner,
            spec.name(),
            type,
            (spec.fault() ? ", F" : "") + (spec.confirmed() ? ", C" : ""),
            spec.severity(),
            number(spec.onDelay().toMillis() / 1000.0),
            number(spec.offDelay().toMillis() / 1000.0),
            spec.when()));
  }

  private static <S> void group(StringBuilder text, String path, GroupSpec<S> group) {
    text.append(
        String.format("\n**`%s`** (%s). %s\n", path, group.typeName(), group.description()));
    text.append("\n| variable | type | unit | range | | meaning |\n|---|---|---|---|---|---|\n");
    for (VariableSpec<S> spec : group.variables()) {
      EngineeringUnit unit = spec.unit();
      ValueRange range = spec.range();
      String type =
          spec.enumeration() == null ? type(spec.kind()) : spec.enumeration().getSimpleName();
      text.append(
          String.format(
              "| `%s` | %s | %s | %s | %s | %s |\n",
              spec.name(),
              type,
              unit == null ? "–" : unit.symbol(),
              range == null ? "–" : number(range.low()) + " … " + number(range.high()),
              (spec.isWritable() ? "W" : "") + (spec.historized() ? "H" : ""),
              spec.description()));
    }
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> "Boolean";
      case UINT32 -> "UInt32";
      case DOUBLE -> "Double";
      case DOUBLES -> "Double[]";
      case STRING -> "String";
      case STRINGS -> "String[]";
      case UTC_TIME -> "UtcTime";
      case TEXT -> "LocalizedText";
      case NODE_ID -> "NodeId";
      case ENUMERATION -> "Int32";
    };
  }

  private static String number(double value) {
    String text =
        value == Math.rint(value)
            ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
            : Double.toString(value);
    return text.replace('-', '−');
  }
}
