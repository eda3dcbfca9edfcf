package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.storage.StorageTool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings a station's database to this release's schema. */
@Command(
    name = "migrate",
    description = {
      "Bring a station's database to this release's schema.",
      "The server does the same when it starts."
    },
    footer = {"", "Example:", "  anodyne storage migrate --config station.yaml"})
final class StorageMigrateCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StorageOptions options = new StorageOptions();

  StorageMigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    int before = options.with(StorageTool::migrate);
    StorageTool.Info now = options.with(StorageTool::info);
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("database", now.database());
      json.put("schema_before", before);
      json.put("schema", now.schema());
      terminal.result(Json.pretty(json));
    } else {
      terminal.result(
          now.database()
              + (before == now.schema()
                  ? " has schema " + before + " already."
                  : " had schema " + before + " and has " + now.schema() + " now."));
    }
    return ExitCode.DONE;
  }
}
