package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.storage.StorageExport;
import dev.anodyne.controller.storage.export.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Charges and their telemetry as files. */
@Command(
    name = "export",
    description = "Write charges and their telemetry into files. The server may run meanwhile.",
    footer = {
      "",
      "Example:",
      "  anodyne storage export --config station.yaml --out export --from 2026-01-01",
      "  anodyne storage export --config station.yaml --out export --charge ID --format parquet"
    })
final class StorageExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StorageOptions options = new StorageOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where charges.csv and telemetry-ID.csv are written.")
  private Path out = Path.of("export");

  @Option(names = "--charge", paramLabel = "ID", description = "Only this charge.")
  private @Nullable String charge;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only charges that began then or later: 2026-01-31 or 2026-01-31T06:30:00Z.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only charges that began before.")
  private @Nullable String to;

  @Option(names = "--format", paramLabel = "FORMAT", description = "csv or parquet. Default: csv.")
  private String format = "csv";

  StorageExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    TableFile.Format kind =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "csv" -> TableFile.Format.CSV;
          case "parquet" -> TableFile.Format.PARQUET;
          default ->
              throw new InputException(
                  "--format: '" + format + "' is not possible; allowed: csv, parquet.");
        };
    StorageExport.Request request =
        new StorageExport.Request(charge, time("--from", from), time("--to", to));
    Path folder = OutputFiles.directory("--out", out);
    StorageExport.Result result = options.with(storage -> run(storage, folder, kind, request));
    terminal.result(common.json ? Json.pretty(described(result)) : text(result));
    return ExitCode.DONE;
  }

  private static StorageExport.Result run(
      StorageConfig storage, Path folder, TableFile.Format kind, StorageExport.Request request) {
    try {
      return new StorageExport(storage, folder, kind).run(request);
    } catch (IllegalArgumentException e) {
      throw new InputException("--charge: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException("--out: " + folder + " cannot be written (" + e + ").", e);
    }
  }

  private static @Nullable Instant time(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException(
          option
              + ": '"
              + text
              + "' is no time; allowed: a day such as 2026-01-31 or an instant such as"
              + " 2026-01-31T06:30:00Z (UTC).",
          e);
    }
  }

  private static Map<String, Object> described(StorageExport.Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("charges", result.charges());
    json.put("telemetry_rows", result.rows());
    json.put("files", result.files().stream().map(Path::toString).toList());
    return json;
  }

  private static String text(StorageExport.Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d charges with %,d rows of telemetry in %d files:",
            result.charges(),
            result.rows(),
            result.files().size()));
    int shown = Math.min(5, result.files().size());
    result.files().subList(0, shown).forEach(file -> text.append("\n  ").append(file));
    if (shown < result.files().size()) {
      text.append("\n  …");
    }
    return text.toString();
  }
}
