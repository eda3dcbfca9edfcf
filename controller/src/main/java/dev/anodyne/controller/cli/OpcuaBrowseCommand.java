package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Json;
import dev.anodyne.opcua.client.ToolException;
import dev.anodyne.opcua.inspect.AddressSpace;
import dev.anodyne.opcua.inspect.SpaceText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A server's address space as a tree. */
@Command(
    name = "browse",
    description = {
      "Show a server's address space: names, values, units, types, ranges and node ids",
      "with the namespace's URI. Nothing is written."
    },
    footer = {
      "",
      "Example:",
      "  anodyne opcua browse opc.tcp://localhost:4840/anodyne --user controller"
          + " --password-file charger.password --filter current"
    })
final class OpcuaBrowseCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private OpcuaAccess access = new OpcuaAccess();

  @Option(names = "--depth", paramLabel = "N", description = "Levels below Objects. Default: 10.")
  private int depth = AddressSpace.Extent.USUAL.depth();

  @Option(names = "--limit", paramLabel = "N", description = "Most nodes. Default: 10000.")
  private int limit = AddressSpace.Extent.USUAL.nodes();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only nodes with this in their name or id, and what leads to them.")
  private @Nullable String filter;

  @Option(names = "--standard", description = "Also the server's own diagnostics.")
  private boolean standard;

  OpcuaBrowseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.applyLogging();
    Checks.within("--depth", depth, 1, 100, "");
    Checks.within("--limit", limit, 1, 1_000_000, "");
    AddressSpace all;
    try {
      all = access.look(new AddressSpace.Extent(depth, limit, standard));
    } catch (ToolException e) {
      access.tell(terminal, e);
      return ExitCode.NO;
    }
    AddressSpace shown = filter == null ? all : all.matching(filter);
    terminal.result(common.json ? Json.pretty(SpaceText.toMap(shown)) : SpaceText.tree(shown));
    return ExitCode.DONE;
  }
}
