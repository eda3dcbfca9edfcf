package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCommandTest {
  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config = config("");
  }

  private Path config(String storage) throws IOException {
    return Files.writeString(
        folder.resolve("station.yaml"),
        """
        connectors:
          - id: C1
            charger: {endpoint: "opc.tcp://localhost:4841", user: a, password: b}
            battery: {cell: lgm50}
        """
            + storage);
  }

  @Test
  void aDatabaseIsMadeLookedAtAndExported() throws IOException {
    Invocation missing = storage("info");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(missing.err()).contains("station.db: there is no such file.");
    Invocation migrated = storage("migrate");
    assertThat(migrated.exitCode()).as(migrated.err()).isZero();
    assertThat(migrated.out()).contains("had schema 0 and has ");
    assertThat(storage("migrate").out()).contains(" already.");
    JsonNode info = new ObjectMapper().readTree(storage("info", "--json").out());
    assertThat(info.get("schema")).isEqualTo(info.get("known_schema"));
    assertThat(info.get("rows").get("charges").asInt()).isZero();
    assertThat(storage("info").out()).contains("charges").contains("0 rows");
    Path out = folder.resolve("out");
    Invocation exported = storage("export", "--out", out.toString(), "--format", "csv");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("0 charges");
    assertThat(out.resolve("charges.csv")).exists();
  }

  @Test
  void whatIsWrongIsOneLine() throws IOException {
    storage("migrate");
    String out = folder.resolve("out").toString();
    refused("--format: 'xls' is not possible", "export", "--out", out, "--format", "xls");
    refused("--charge: Charge 'x' is not in", "export", "--out", out, "--charge", "x");
    refused("--from: 'yesterday' is no time", "export", "--out", out, "--from", "yesterday");
    refused("--out: '" + config, "export", "--out", config.toString());
    config("storage: off\n");
    refused("storage is 'off'", "info");
  }

  private void refused(String complaint, String... args) {
    Invocation invocation = storage(args);
    assertThat(invocation.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(invocation.err()).contains(complaint).doesNotContain("\tat ");
  }

  private Invocation storage(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "storage";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--config";
    all[args.length + 2] = config.toString();
    return Invocation.of(all);
  }
}
