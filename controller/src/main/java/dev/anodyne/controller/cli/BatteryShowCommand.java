package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BatteryReport;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.estimators.identification.BatteryFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a battery's file says. */
@Command(
    name = "show",
    description = "Show what charges told about a battery, with uncertainty, and the history.",
    footer = {"", "Example:", "  anodyne battery show out/battery.json"})
final class BatteryShowCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "F.json", description = "The battery's file, as --battery writes it.")
  private Path file = Path.of("battery.json");

  BatteryShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    BatteryReport report =
        new BatteryReport(file, InputException.checking("F.json", () -> BatteryFile.read(file)));
    terminal.result(common.json ? Json.pretty(report.toMap()) : report.text());
    return ExitCode.DONE;
  }
}
