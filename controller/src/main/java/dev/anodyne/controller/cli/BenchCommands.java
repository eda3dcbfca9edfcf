package dev.anodyne.controller.cli;

import picocli.CommandLine;

/** The commands around simulated batteries, in the order of the help. */
final class BenchCommands {
  private BenchCommands() {}

  static void addAll(CommandLine root, Terminal terminal) {
    root.addSubcommand("demo", new DemoCommand(terminal));
    root.addSubcommand("charge", new ChargeCommand(terminal));
    root.addSubcommand("simulate", new SimulateCommand(terminal));
    root.addSubcommand("estimate", new EstimateCommand(terminal));
    root.addSubcommand("train", new TrainCommand(terminal));
    root.addSubcommand("evaluate", new EvaluateCommand(terminal));
    root.addSubcommand("study", new StudyCommand(terminal));
    root.addSubcommand("compare", new CompareCommand(terminal));
    root.addSubcommand("tune", new TuneCommand(terminal));
    root.addSubcommand("replay", new ReplayCommand(terminal));
    root.addSubcommand("hil", hil(terminal));
    root.addSubcommand("benchmark", new BenchmarkCommand(terminal));
  }

  private static CommandLine hil(Terminal terminal) {
    CommandLine hil = new CommandLine(new GroupCommand());
    Commands.describe(hil, "hil", "The hardware-in-the-loop bench.");
    hil.addSubcommand("serve", new HilServeCommand(terminal));
    hil.addSubcommand("run", new HilRunCommand(terminal));
    hil.addSubcommand("replay", new HilReplayCommand(terminal));
    hil.addSubcommand("channels", new HilChannelsCommand(terminal));
    hil.addSubcommand("pace", new HilPaceCommand(terminal));
    hil.addSubcommand("search", new HilSearchCommand(terminal));
    hil.addSubcommand("fmu", new HilFmuCommand(terminal));
    return hil;
  }
}
