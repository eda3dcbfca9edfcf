package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.opcua.inspect.RejectedCertificates;
import dev.anodyne.opcua.inspect.RejectedCertificates.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trusts a certificate that was refused. */
@Command(
    name = "trust",
    description = {
      "Trust a certificate that was refused, by its fingerprint; without one, list what was",
      "refused. Compare the fingerprint with the one that the other side shows: whoever is trusted",
      "may pretend to be your charger. Nothing has to be restarted."
    },
    footer = {
      "",
      "Example:",
      "  anodyne opcua trust --config station.yaml",
      "  anodyne opcua trust 4F:0A:… --config station.yaml"
    })
final class OpcuaTrustCommand implements Callable<Integer> {
  /** Fewer digits could be met by chance, or made to. */
  private static final int LEAST_DIGITS = 16;

  private static final Path USUAL = Path.of("pki/controller");

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FINGERPRINT",
      description = "SHA-256 or SHA-1, at least its first 16 digits; colons do not matter.")
  private @Nullable String fingerprint;

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      description = "Folder of certificates. Default: pki/controller.")
  private @Nullable Path pki;

  @Option(
      names = "--config",
      paramLabel = "station.yaml",
      description = "All folders of this station, its own server's included.")
  private @Nullable Path config;

  OpcuaTrustCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    return InputException.checking("--pki", this::run);
  }

  private int run() throws IOException {
    Set<Path> folders = folders();
    List<Entry> refused = new ArrayList<>();
    for (Path folder : folders) {
      refused.addAll(RejectedCertificates.rejected(folder));
    }
    String wanted = fingerprint;
    if (wanted == null) {
      list(folders, refused);
      return ExitCode.DONE;
    }
    String digits = RejectedCertificates.bare(wanted);
    if (!digits.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
      throw new InputException(
          "FINGERPRINT: '"
              + wanted
              + "' is not one; allowed: SHA-256 or SHA-1, at least the first "
              + LEAST_DIGITS
              + " hexadecimal digits.");
    }
    List<Entry> found = refused.stream().filter(entry -> entry.matches(digits)).toList();
    if (found.isEmpty()) {
      return absent(folders, refused, digits);
    }
    if (found.stream().map(Entry::sha256).distinct().count() > 1) {
      throw new InputException(
          "FINGERPRINT: '"
              + wanted
              + "' fits several; allowed: one of "
              + fingerprints(found)
              + ".");
    }
    trust(found);
    return ExitCode.DONE;
  }

  private Set<Path> folders() {
    Path folder = pki;
    Path station = config;
    if (folder != null && station != null) {
      throw new InputException("--pki: stands beside --config; allowed: either of them.");
    }
    Set<Path> folders = new LinkedHashSet<>();
    if (station != null) {
      Checks.readable("--config", station);
      StationConfig read = read(station);
      read.connectors().forEach(one -> folders.add(one.charger().pkiDirectory()));
      OpcUaConfig server = read.opcua();
      if (server != null) {
        folders.add(server.pki());
      }
      return folders;
    }
    Path named = folder == null ? USUAL : folder;
    if (!Files.isDirectory(named)) {
      throw new InputException(
          "--pki: no such folder '" + named + "'; allowed: an application's certificate folder.");
    }
    folders.add(named);
    return folders;
  }

  private static StationConfig read(Path station) {
    try {
      return StationConfigReader.read(station);
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private void list(Set<Path> folders, List<Entry> refused) {
    if (common.json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("folders", folders.stream().map(Path::toString).toList());
      map.put("rejected", refused.stream().map(Entry::toMap).toList());
      terminal.result(Json.pretty(map));
      return;
    }
    if (refused.isEmpty()) {
      terminal.result("Nothing was refused in " + text(folders) + ".");
      return;
    }
    terminal.result(
        refused.stream()
            .map(
                entry ->
                    entry.subject()
                        + "\n  application  "
                        + entry.uri()
                        + "\n  SHA-256      "
                        + entry.sha256()
                        + "\n  SHA-1        "
                        + entry.sha1()
                        + "\n  valid until  "
                        + entry.validUntil()
                        + "\n  file         "
                        + entry.file())
            .collect(Collectors.joining("\n")));
  }

  /** Trusted already is as good; anything else is a mistake. */
  private int absent(Set<Path> folders, List<Entry> refused, String digits) throws IOException {
    List<Entry> already = new ArrayList<>();
    for (Path folder : folders) {
      RejectedCertificates.trusted(folder).stream()
          .filter(entry -> entry.matches(digits))
          .forEach(already::add);
    }
    if (already.isEmpty()) {
      throw new InputException(
          "FINGERPRINT: '"
              + fingerprint
              + "' was not refused in "
              + text(folders)
              + "; allowed: "
              + (refused.isEmpty() ? "none, nothing was" : "one of " + fingerprints(refused))
              + ".");
    }
    report("trusted_already", already.get(0), already.get(0).file());
    return ExitCode.DONE;
  }

  private void trust(List<Entry> found) throws IOException {
    for (Entry entry : found) {
      report("trusted", entry, RejectedCertificates.trust(entry));
    }
    if (found.get(0).validUntil().isBefore(Instant.now())) {
      terminal.note("Its validity has ended: it is refused all the same until it is renewed.");
    }
  }

  private void report(String outcome, Entry entry, Path file) {
    if (common.json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("outcome", outcome);
      map.putAll(entry.toMap());
      map.put("file", file.toString());
      terminal.result(Json.compact(map));
    } else {
      terminal.result(
          (outcome.equals("trusted") ? "Trusted: " : "Trusted already: ")
              + entry.subject()
              + ", SHA-256 "
              + entry.sha256()
              + ", in "
              + file);
    }
  }

  private static String fingerprints(List<Entry> entries) {
    return entries.stream().map(Entry::sha256).distinct().collect(Collectors.joining(", "));
  }

  private static String text(Set<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
