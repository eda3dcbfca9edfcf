package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BatteryReport;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes identifications of a battery back. */
@Command(
    name = "restore",
    description = "Take identifications of a battery back: the newest, or all after number N.",
    footer = {
      "",
      "What is taken back is gone. Exit code 1: there was nothing to take back.",
      "",
      "Example:",
      "  anodyne battery restore out/battery.json --to 3"
    })
final class BatteryRestoreCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "F.json", description = "The battery's file, as --battery writes it.")
  private Path file = Path.of("battery.json");

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "The newest identification that stays, as 'show' numbers them; 0: none.")
  private @Nullable Integer to;

  BatteryRestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    AtomicInteger counted = new AtomicInteger();
    BatteryRecord after =
        InputException.checking(
            "F.json",
            () ->
                BatteryFile.update(
                    file,
                    before -> {
                      counted.set(before.entries().size());
                      return before.restoreTo(kept(before.entries().size()));
                    }));
    int had = counted.get();
    int kept = after.entries().size();
    terminal.result(
        common.json ? Json.pretty(new BatteryReport(file, after).toMap()) : text(kept, had, after));
    return kept < had ? ExitCode.DONE : ExitCode.NO;
  }

  private int kept(int had) {
    int kept = to == null ? Math.max(0, had - 1) : to;
    if (kept < 0 || kept > had) {
      throw new InputException(
          "--to: "
              + kept
              + " is not in "
              + file
              + "; allowed: 0 to "
              + had
              + ".\nMaybe 'anodyne battery show "
              + file
              + "' helps: it numbers them.");
    }
    return kept;
  }

  private String text(int kept, int had, BatteryRecord after) {
    String battery = "Battery " + file + ": ";
    if (kept == had) {
      return battery + "nothing to take back.";
    }
    String taken = had - kept + (had - kept == 1 ? " identification" : " identifications");
    if (kept == 0) {
      return battery + taken + " taken back; nothing is known, the next session starts nominal.";
    }
    String ended = after.entries().get(kept - 1).endedAt();
    return battery
        + taken
        + " taken back; the next session starts from number "
        + kept
        + (ended.isEmpty() ? "." : ", of " + ended + ".");
  }
}
