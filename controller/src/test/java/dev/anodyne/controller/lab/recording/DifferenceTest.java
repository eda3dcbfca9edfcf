package dev.anodyne.controller.lab.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static List<Difference> between(String recorded, String recomputed) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode a = mapper.readTree(recorded);
    return Difference.between(a, mapper.readTree(recomputed));
  }

  /** Such as the limits that collide. */
  @Test
  void equalListsDoNotDiffer() throws Exception {
    assertThat(between("{\"a\": [1.5, \"X\"]}", "{\"a\": [1.5, \"X\"]}")).isEmpty();
  }

  @Test
  void listsDifferByElementAndLength() throws Exception {
    assertThat(between("{\"a\": [1.5, 2]}", "{\"a\": [1.5, 3]}"))
        .containsExactly(new Difference("a[1]", "2", "3"));
    assertThat(between("{\"a\": [1.5]}", "{\"a\": [1.5, 3]}")).hasSize(1);
    assertThat(between("{\"a\": [1.5]}", "{\"a\": {}}")).hasSize(1);
  }
}
