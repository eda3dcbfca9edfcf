package dev.anodyne.opcua.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit file: a line of JSON each, rotated, and nothing lost without being told. */
class AuditFileTest {
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void anEntryIsALine() throws IOException {
    Path path = directory.resolve("new/audit.jsonl");
    AuditFile file = new AuditFile(path, 1_000_000, 2, CLOCK);
    file.record(
        entry(
            new AuditEntry.Write(
                new NodeId(2, "CH01.Setpoints.PowerLimit"),
                AttributeId.Value,
                null,
                new Variant(1000.0),
                new Variant(2000.0)),
            StatusCode.GOOD));
    file.record(
        entry(
            new AuditEntry.Call(
                new NodeId(2, "CH01"),
                new NodeId(1, "ChargerType.StopCharging"),
                List.of(new Variant("two\nlines \"quoted\""))),
            new StatusCode(StatusCodes.Bad_UserAccessDenied)));
    List<String> lines = Files.readAllLines(path);
    assertThat(lines).hasSize(2);
    JsonNode write = JSON.readTree(lines.get(0));
    assertThat(write.path("time").asText()).isEqualTo("2026-11-23T06:00:00Z");
    assertThat(write.path("kind").asText()).isEqualTo("WRITE");
    assertThat(write.path("status").asText()).isEqualTo("Good");
    assertThat(write.path("user").asText()).isEqualTo("ann");
    assertThat(write.path("node").asText()).isEqualTo("ns=2;s=CH01.Setpoints.PowerLimit");
    assertThat(write.path("old").asText()).isEqualTo("1000.0");
    assertThat(write.path("new").asText()).isEqualTo("2000.0");
    JsonNode call = JSON.readTree(lines.get(1));
    assertThat(call.path("status").asText()).isEqualTo("Bad_UserAccessDenied");
    assertThat(call.path("inputs").path(0).asText()).isEqualTo("two\nlines \"quoted\"");
  }

  @Test
  void aFullFileIsRotatedAndTheOldestDeleted() throws IOException {
    Path path = directory.resolve("audit.jsonl");
    AuditFile file = new AuditFile(path, 500, 2, CLOCK);
    for (int i = 0; i < 40; i++) {
      file.record(entry(new AuditEntry.Limit("n" + i), StatusCode.GOOD));
    }
    try (var files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2");
    }
    assertThat(Files.readString(path)).contains("n39");
    assertThat(Files.size(directory.resolve("audit.jsonl.1")))
        .as("a file ends with the line that fills it")
        .isBetween(500L, 700L);
  }

  @Test
  void aFileIsWrittenOnAfterARestart() throws IOException {
    Path path = directory.resolve("audit.jsonl");
    new AuditFile(path, 1_000_000, 2, CLOCK)
        .record(entry(new AuditEntry.Limit("first"), StatusCode.GOOD));
    new AuditFile(path, 1_000_000, 2, CLOCK)
        .record(entry(new AuditEntry.Limit("second"), StatusCode.GOOD));
    assertThat(Files.readAllLines(path)).hasSize(2);
  }

  @Test
  void whatCouldNotBeWrittenIsCountedInTheNextLine() throws IOException {
    Path folder = directory.resolve("gone");
    Path path = folder.resolve("audit.jsonl");
    AuditFile file = new AuditFile(path, 1_000_000, 2, CLOCK);
    Files.delete(path);
    Files.delete(folder);
    for (int i = 0; i < 3; i++) {
      file.record(entry(new AuditEntry.Limit("n" + i), StatusCode.GOOD));
    }
    file.lost(4);
    Files.createDirectory(folder);
    file.record(entry(new AuditEntry.Limit("again"), StatusCode.GOOD));
    List<String> lines = Files.readAllLines(path);
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(0)).path("kind").asText()).isEqualTo("LOST");
    assertThat(JSON.readTree(lines.get(0)).path("count").asInt()).isEqualTo(7);
    assertThat(lines.get(1)).contains("again");
  }

  private static AuditEntry entry(AuditEntry.Action action, StatusCode status) {
    return new AuditEntry(
        NOW,
        new AuditEntry.Client("ann", "urn:scada", "127.0.0.1", new NodeId(1, 5), null),
        action,
        status,
        "");
  }
}
