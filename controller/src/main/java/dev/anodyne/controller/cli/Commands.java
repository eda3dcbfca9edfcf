package dev.anodyne.controller.cli;

import picocli.CommandLine;

/** The list of commands, in the order of the help. */
final class Commands {
  private Commands() {}

  static void addAll(CommandLine root, Terminal terminal) {
    root.addSubcommand("demo", new DemoCommand(terminal));
    root.addSubcommand("charge", new ChargeCommand(terminal));
    root.addSubcommand("simulate", new SimulateCommand(terminal));
    root.addSubcommand("estimate", new EstimateCommand(terminal));
    root.addSubcommand("battery", battery(terminal));
    root.addSubcommand("train", new TrainCommand(terminal));
    root.addSubcommand("evaluate", new EvaluateCommand(terminal));
    root.addSubcommand("study", new StudyCommand(terminal));
    root.addSubcommand("compare", new CompareCommand(terminal));
    root.addSubcommand("tune", new TuneCommand(terminal));
    root.addSubcommand("replay", new ReplayCommand(terminal));
    root.addSubcommand("serve", new ServeCommand(terminal));
    root.addSubcommand("hil", hil(terminal));
    root.addSubcommand("opcua", opcua(terminal));
    root.addSubcommand("benchmark", new BenchmarkCommand(terminal));
    root.addSubcommand("test", new TestCommand(terminal));
  }

  private static CommandLine battery(Terminal terminal) {
    CommandLine battery = new CommandLine(new GroupCommand());
    describe(battery, "battery", "What charges told about a battery: look, or take back.");
    battery.addSubcommand("show", new BatteryShowCommand(terminal));
    battery.addSubcommand("restore", new BatteryRestoreCommand(terminal));
    return battery;
  }

  private static CommandLine hil(Terminal terminal) {
    CommandLine hil = new CommandLine(new GroupCommand());
    describe(hil, "hil", "The hardware-in-the-loop bench.");
    hil.addSubcommand("serve", new HilServeCommand(terminal));
    hil.addSubcommand("run", new HilRunCommand(terminal));
    absent(hil, terminal, "replay", "Replay a recording.");
    hil.addSubcommand("channels", new HilChannelsCommand(terminal));
    hil.addSubcommand("pace", new HilPaceCommand(terminal));
    absent(hil, terminal, "search", "Search for the worst case (falsification).");
    return hil;
  }

  private static CommandLine opcua(Terminal terminal) {
    CommandLine opcua = new CommandLine(new GroupCommand());
    describe(opcua, "opcua", "OPC UA tools for integrators.");
    opcua.addSubcommand("browse", new OpcuaBrowseCommand(terminal));
    opcua.addSubcommand("map", new OpcuaMapCommand(terminal));
    opcua.addSubcommand("check", new OpcuaCheckCommand(terminal));
    opcua.addSubcommand("trust", new OpcuaTrustCommand(terminal));
    return opcua;
  }

  private static void absent(
      CommandLine parent, Terminal terminal, String name, String description) {
    CommandLine command = new CommandLine(new AbsentCommand(terminal));
    describe(command, name, description + " Not in this version.");
    parent.addSubcommand(name, command);
  }

  private static void describe(CommandLine command, String name, String description) {
    command.getCommandSpec().name(name);
    command.getCommandSpec().usageMessage().description(description);
  }
}
