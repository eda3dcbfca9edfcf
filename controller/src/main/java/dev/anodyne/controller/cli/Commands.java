package dev.anodyne.controller.cli;

import java.util.List;
import picocli.CommandLine;

/** The list of commands, in the order of the help. */
final class Commands {
  private Commands() {}

  /** A class that only the bench's distribution has. */
  private static final String BENCH = "dev.anodyne.hil.bench.BenchServer";

  /** What only the bench's distribution can do. */
  static final List<String> BENCH_COMMANDS =
      List.of(
          "demo",
          "charge",
          "simulate",
          "estimate",
          "train",
          "evaluate",
          "study",
          "compare",
          "tune",
          "replay",
          "hil",
          "benchmark");

  static void addAll(CommandLine root, Terminal terminal) {
    boolean hasBench = hasBench();
    if (hasBench) {
      BenchCommands.addAll(root, terminal);
    } else {
      BENCH_COMMANDS.forEach(name -> elsewhere(root, terminal, name));
    }
    root.addSubcommand("battery", battery(terminal));
    addServe(root, terminal);
    root.addSubcommand("storage", storage(terminal));
    root.addSubcommand("opcua", opcua(terminal));
    root.addSubcommand("prepare", new PrepareCommand());
    root.addSubcommand("test", new TestCommand(terminal));
  }

  /** The server alone: a start of it does not wait until all other commands have been described. */
  static void addServe(CommandLine root, Terminal terminal) {
    root.addSubcommand("serve", new ServeCommand(terminal));
  }

  /** The server's distribution has neither simulated batteries, nor the bench, nor training. */
  static boolean hasBench() {
    try {
      Class.forName(BENCH, false, Commands.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static CommandLine battery(Terminal terminal) {
    CommandLine battery = new CommandLine(new GroupCommand());
    describe(battery, "battery", "What charges told about a battery: look, or take back.");
    battery.addSubcommand("show", new BatteryShowCommand(terminal));
    battery.addSubcommand("restore", new BatteryRestoreCommand(terminal));
    return battery;
  }

  private static CommandLine storage(Terminal terminal) {
    CommandLine storage = new CommandLine(new GroupCommand());
    describe(storage, "storage", "A station's database: look, bring up to date, export.");
    storage.addSubcommand("info", new StorageInfoCommand(terminal));
    storage.addSubcommand("migrate", new StorageMigrateCommand(terminal));
    storage.addSubcommand("export", new StorageExportCommand(terminal));
    return storage;
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

  private static void elsewhere(CommandLine root, Terminal terminal, String name) {
    CommandLine command = new CommandLine(new AbsentCommand(terminal));
    command.getCommandSpec().usageMessage().hidden(true);
    describe(command, name, "In the bench's distribution.");
    root.addSubcommand(name, command);
  }

  static void describe(CommandLine command, String name, String description) {
    command.getCommandSpec().name(name);
    command.getCommandSpec().usageMessage().description(description);
  }
}
