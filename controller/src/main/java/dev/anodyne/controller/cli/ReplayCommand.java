package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.recording.ChargeRecording;
import dev.anodyne.controller.lab.recording.Difference;
import dev.anodyne.controller.lab.recording.OpenLoopReplay;
import dev.anodyne.controller.lab.recording.OpenLoopResult;
import dev.anodyne.controller.lab.recording.Replay;
import dev.anodyne.controller.lab.recording.ReplayResult;
import dev.anodyne.controller.session.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recomputes a recorded session and shows the first difference. */
@Command(
    name = "replay",
    description = {
      "Recompute a recorded charge: the same estimator, policy and guard get the recorded images,",
      "and every estimate, decision and command is compared with the recorded one, bit for bit.",
      "",
      "With --policy or --estimator: what another one would have decided on the recorded",
      "measurements. An open-loop comparison: the battery did not feel it."
    },
    footer = {
      "",
      "Exit code 1: something differs; the first place is shown with what came before it. 0 with",
      "--policy or --estimator, where differences are what is asked for.",
      "",
      "Example:",
      "  anodyne charge --out out/charge && anodyne replay out/charge",
      "  anodyne replay out/charge --policy rider --out out/rider.csv"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int MOST_DIFFERENCES = 8;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "TRACE",
      description = {
        "recording.jsonl.gz of a charge, the folder that holds it, or the trace.csv beside it."
      })
  private Path trace = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "P",
      description = {
        "A name or a YAML file: what it would have decided on the recorded measurements.",
        "Default with --estimator: the recorded one."
      })
  private @Nullable String policy;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = {
        "A name or a model file: on its belief instead of the recorded one.",
        "Default with --policy: the recorded one."
      })
  private @Nullable String estimator;

  @Option(
      names = "--from-step",
      paramLabel = "N",
      defaultValue = "1",
      description = "Begin comparing with this decision. Default: ${DEFAULT-VALUE}.")
  private long fromStep = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description = "With --policy or --estimator: every decision compared, one a row.")
  private @Nullable Path out;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    common.applyLogging();
    Path file = recording(trace);
    check();
    try {
      if (policy != null || estimator != null) {
        OpenLoopResult other =
            OpenLoopReplay.run(file, new OpenLoopReplay.Request(policy, estimator, fromStep), out);
        terminal.result(common.json ? Json.pretty(other) : OpenLoopText.of(other, out));
        return ExitCode.DONE;
      }
      ReplayResult result = Replay.run(file, fromStep);
      terminal.result(common.json ? Json.pretty(result) : text(result));
      return result.found() == null ? ExitCode.DONE : ExitCode.NO;
    } catch (RecordingException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private void check() {
    if (fromStep < 1) {
      throw new InputException(
          "--from-step: " + fromStep + " is no decision; allowed: 1 (the first) and more.");
    }
    if (out != null && policy == null && estimator == null) {
      throw new InputException(
          "--out: a replay of the same policy has nothing to write; allowed: with --policy or"
              + " --estimator.");
    }
    if (out != null) {
      OutputFiles.file("--out", out);
    }
  }

  /** The recording that a path means. */
  static Path recording(Path given) {
    if (Files.isDirectory(given)) {
      return existing(given.resolve(ChargeRecording.FILE), given);
    }
    Path name = given.getFileName();
    boolean isTable = name != null && name.toString().endsWith(".csv");
    return existing(isTable ? given.resolveSibling(ChargeRecording.FILE) : given, given);
  }

  private static Path existing(Path file, Path given) {
    if (!Files.isRegularFile(file)) {
      String hint =
          file.equals(given)
              ? "\nMaybe the path is relative to another directory."
              : "\nMaybe the charge ran with an anodyne that did not record yet.";
      throw new InputException("TRACE: there is no recording '" + file + "'." + hint);
    }
    return file;
  }

  static String text(ReplayResult result) {
    StringBuilder text = new StringBuilder();
    ReplayResult.Place place = result.found();
    if (place == null) {
      text.append(
          String.format(
              Locale.ROOT,
              "No difference in %d decisions and %d commands.",
              result.decisions(),
              result.commands()));
    } else {
      describe(place, text);
      text.append(
          String.format(
              Locale.ROOT,
              "%n%d of %d decisions and commands differ in something.",
              result.differing(),
              result.decisions() + result.commands()));
    }
    result.remarks().forEach(remark -> text.append('\n').append(remark));
    return text.toString();
  }

  private static void describe(ReplayResult.Place place, StringBuilder text) {
    text.append(
        String.format(
            Locale.ROOT,
            "First difference: decision %d, at %.3f s (line %d of the recording).",
            place.decision(),
            place.seconds(),
            place.line()));
    text.append(String.format("%n  %-44s %-26s %s", "quantity", "recorded", "recomputed"));
    for (Difference d : place.differences().stream().limit(MOST_DIFFERENCES).toList()) {
      text.append(String.format("%n  %-44s %-26s %s", d.quantity(), d.recorded(), d.recomputed()));
    }
    int more = place.differences().size() - MOST_DIFFERENCES;
    if (more > 0) {
      text.append("\n  and ").append(more).append(" more");
    }
    text.append("\nRecorded until then:");
    text.append(
        String.format(
            "%n  %8s %10s %12s %12s %12s %12s  %s",
            "decision",
            "time [s]",
            "current [A]",
            "voltage [V]",
            "bound [mV]",
            "wanted [A]",
            "rung"));
    for (ReplayResult.Row r : place.before()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %8d %10.3f %12.4f %12.4f %12.3f %12.4f  %s",
              r.decision(),
              r.seconds(),
              r.measuredAmps(),
              r.measuredVolts(),
              r.boundVolts() * 1e3,
              r.wantedAmps(),
              Objects.toString(r.source(), "")));
    }
  }
}
