package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerLimitTest {
  @Test
  void theTableInTheDocumentationIsThatOfTheCode() throws Exception {
    String docs = Files.readString(Path.of("../docs/opcua.md"));
    for (ServerLimit limit : ServerLimit.values()) {
      assertThat(docs)
          .contains(
              "| `"
                  + limit.key()
                  + "` | "
                  + limit.usual()
                  + " | "
                  + limit.least()
                  + " … "
                  + limit.most()
                  + " | "
                  + limit.meaning()
                  + " |\n");
    }
  }

  @Test
  void usualValuesAreAmongThoseAllowedAndOthersAreRefused() {
    for (ServerLimit limit : ServerLimit.values()) {
      assertThat(limit.usual()).as(limit.key()).isBetween(limit.least(), limit.most());
      assertThat(ServerLimit.of(limit.key())).contains(limit);
      assertThatThrownBy(() -> ServerLimits.DEFAULT.with(limit, limit.most() + 1))
          .hasMessageContaining(limit.key())
          .hasMessageContaining(limit.least() + " to " + limit.most());
    }
    assertThat(ServerLimits.DEFAULT.with(ServerLimit.SESSIONS, 7).get(ServerLimit.SESSIONS))
        .isEqualTo(7);
  }
}
