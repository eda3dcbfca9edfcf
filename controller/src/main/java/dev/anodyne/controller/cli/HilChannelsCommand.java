package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.fault.FaultCatalogue;
import dev.anodyne.hil.fault.FaultKind;
import dev.anodyne.plantsim.PlantConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what of the bench's plant can be read and forced, or which faults it can have. */
@Command(
    name = "channels",
    description = {
      "List the channels of the bench's plant: name, unit, kind, what forcing does, meaning.",
      "Channels of cells are listed once; --all lists every cell's. --faults lists the faults."
    },
    footer = {"", "Example:", "  anodyne hil channels --config bench.yaml"})
final class HilChannelsCommand implements Callable<Integer> {
  private static final Pattern CELL = Pattern.compile("cell\\[(\\d+)]");

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--config",
      paramLabel = "bench.yaml",
      description = "The bench. Default: 4s1p of lgm50.")
  private @Nullable Path config;

  @Option(names = "--all", description = "List the channels of every cell.")
  private boolean all;

  @Option(names = "--faults", description = "List the kinds of faults instead.")
  private boolean faults;

  HilChannelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    if (faults) {
      listFaults();
    } else {
      listChannels(new SimulatedPack(plant()).channels());
    }
    return ExitCode.DONE;
  }

  private PlantConfig plant() {
    Path file = config;
    if (file == null) {
      return PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(4, 1));
    }
    Checks.readable("--config", file);
    return InputException.checking("--config", () -> BenchConfig.load(file)).plant();
  }

  private void listChannels(Channels channels) {
    List<Map<String, Object>> rows = new ArrayList<>();
    int cells = 0;
    while (channels.has("pack.cell[" + cells + "].voltage")) {
      cells++;
    }
    for (String name : channels.names()) {
      Channel channel = channels.named(name);
      boolean firstCell = name.contains("cell[0]");
      if (all || firstCell || !CELL.matcher(name).find()) {
        String shown =
            all || !firstCell || cells == 1
                ? name
                : name.replace("[0]", "[0.." + (cells - 1) + "]");
        rows.add(row(shown, channel));
      }
    }
    if (common.json) {
      terminal.result(Json.pretty(rows));
      return;
    }
    StringBuilder text = new StringBuilder();
    rows.forEach(
        row ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-54s %-9s %-9s %-8s %s%n",
                    row.get("name"),
                    row.get("unit"),
                    row.get("kind"),
                    row.get("forcing"),
                    row.get("meaning"))));
    terminal.result(text.toString().stripTrailing());
    terminal.note(
        channels.count()
            + " channels. Forced, 'plant' changes the component itself, 'reading' only what is"
            + " read.");
  }

  private static Map<String, Object> row(String name, Channel channel) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("unit", channel.unit());
    row.put("kind", channel.kind().title());
    row.put("forcing", channel.forcing().title());
    row.put("meaning", channel.meaning());
    return row;
  }

  private void listFaults() {
    if (!common.json) {
      terminal.result(FaultCatalogue.describe().stripTrailing());
      return;
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (FaultKind kind : FaultCatalogue.kinds()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", kind.name());
      row.put("unit", kind.unit());
      row.put("lowest", kind.lowest());
      row.put("highest", kind.highest());
      row.put("usual", kind.usual());
      row.put("target", kind.target().name().toLowerCase(Locale.ROOT));
      row.put("meaning", kind.meaning());
      rows.add(row);
    }
    terminal.result(Json.pretty(rows));
  }
}
