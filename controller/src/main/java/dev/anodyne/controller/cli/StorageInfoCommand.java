package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.storage.StorageTool;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a station's database holds. */
@Command(
    name = "info",
    description = "Show what a station's database holds. Changes nothing.",
    footer = {"", "Example:", "  anodyne storage info --config station.yaml"})
final class StorageInfoCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StorageOptions options = new StorageOptions();

  StorageInfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    StorageTool.Info info = options.with(StorageTool::info);
    terminal.result(common.json ? Json.pretty(described(info)) : text(info));
    return ExitCode.DONE;
  }

  private static Map<String, Object> described(StorageTool.Info info) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("database", info.database());
    json.put("schema", info.schema());
    json.put("known_schema", info.knownSchema());
    json.put("bytes", info.bytes());
    json.put("rows", info.rows());
    if (info.oldestCharge() != null) {
      json.put("oldest_charge", info.oldestCharge().toString());
    }
    if (info.newestCharge() != null) {
      json.put("newest_charge", info.newestCharge().toString());
    }
    json.put("spool_entries", info.spoolEntries());
    return json;
  }

  private static String text(StorageTool.Info info) {
    StringBuilder text = new StringBuilder(info.database());
    text.append("\n  schema ").append(info.schema());
    if (info.schema() < info.knownSchema()) {
      text.append(" (this release brings it to ").append(info.knownSchema()).append(')');
    } else if (info.schema() > info.knownSchema()) {
      text.append(" (this release knows up to ")
          .append(info.knownSchema())
          .append(": a newer one has written it)");
    }
    text.append(String.format(Locale.ROOT, "%n  %.1f MB", info.bytes() / 1e6));
    info.rows().forEach((table, rows) -> text.append("\n  ").append(line(table, rows)));
    if (info.oldestCharge() != null) {
      text.append("\n  charges from ")
          .append(info.oldestCharge())
          .append(" to ")
          .append(info.newestCharge());
    }
    if (info.spoolEntries() > 0) {
      text.append("\n  ").append(info.spoolEntries()).append(" entries wait in the spool");
    }
    return text.toString();
  }

  private static String line(String table, long rows) {
    return String.format(Locale.ROOT, "%-18s %,15d rows", table, rows);
  }
}
