package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ChargerMappingReader;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.opcua.client.ToolException;
import dev.anodyne.opcua.inspect.AddressSpace;
import dev.anodyne.opcua.inspect.MappingDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A first version of a charger's mapping file. */
@Command(
    name = "map",
    description = {
      "Draft a mapping file from a server's names, units, ranges and values. Every guess says so",
      "and why; what was not found is named, and nothing is charged before it is filled in.",
      "Nothing is written to the server."
    },
    footer = {
      "",
      "Example:",
      "  anodyne opcua map opc.tcp://charger:4840 --user controller"
          + " --password-file charger.password --out draft.yaml"
    })
final class OpcuaMapCommand implements Callable<Integer> {
  private static final String ANY_CHARGER = "CH01";

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private OpcuaAccess access = new OpcuaAccess();

  @Option(
      names = "--out",
      paramLabel = "draft.yaml",
      required = true,
      description = "The draft; a file that is not there yet.")
  private Path out = Path.of("draft.yaml");

  @Option(
      names = "--charger",
      paramLabel = "ID",
      description = "Only nodes with this in their id or path, which becomes {charger}.")
  private @Nullable String charger;

  OpcuaMapCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.applyLogging();
    if (Files.exists(out)) {
      throw new InputException(
          "--out: '" + out + "' exists; allowed: a new file: a draft replaces no mapping.");
    }
    AddressSpace space;
    try {
      space = access.look(AddressSpace.Extent.USUAL);
    } catch (ToolException e) {
      access.tell(terminal, e);
      return ExitCode.NO;
    }
    try {
      return tell(MappingDraft.of(space, access.url(), Optional.ofNullable(charger)));
    } catch (IllegalArgumentException e) {
      terminal.note("anodyne: " + e.getMessage());
      return ExitCode.NO;
    }
  }

  private int tell(MappingDraft draft) {
    Path written = InputException.checking("--out", () -> write(draft));
    terminal.result(common.json ? Json.pretty(described(draft)) : draft.text());
    terminal.note(
        "Wrote "
            + written
            + ": "
            + draft.found().size()
            + " nodes, "
            + draft.found().stream().filter(found -> !found.sure()).count()
            + " of them guessed, "
            + draft.missing().size()
            + " missing. Hold it against the charger's data sheet, then: anodyne opcua check.");
    return ExitCode.DONE;
  }

  private Map<String, Object> described(MappingDraft draft) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", out.toString());
    map.putAll(draft.toMap());
    return map;
  }

  /** Complete or absent, and only what a station can read. */
  private Path write(MappingDraft draft) throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path partial = out.resolveSibling(out.getFileName() + ".part");
    try {
      Files.writeString(partial, draft.yaml());
      var unused = ChargerMappingReader.read(partial, charger == null ? ANY_CHARGER : charger);
      return Files.move(partial, out);
    } catch (ConfigException e) {
      throw new IllegalStateException("The draft cannot be read: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
