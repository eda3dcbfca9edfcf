package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.session.About;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever adds up the changes has the card, however many of them were missed. */
class CardStateTest {
  private static final SessionView VIEW =
      new SessionView("C1", new About("Bay 1", "lgm50", "mpc", "augmented", 0.8));

  private static JsonObject card(Random random) {
    return new JsonObject()
        .put("id", "C1")
        .put("soc", random.nextInt(3))
        .put("why", random.nextBoolean() ? null : "x")
        .put("powerWatts", 5.0)
        .put("state", new JsonObject().put("name", random.nextInt(4) == 0 ? "Idle" : "Charging"));
  }

  @Test
  void changesAddUpToTheCardForEveryReader() {
    Random random = new Random(1);
    CardState state = new CardState();
    List<JsonObject> readers = new ArrayList<>();
    List<Long> known = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      readers.add(new JsonObject());
      known.add(0L);
    }
    for (int step = 1; step < 500; step++) {
      JsonObject made = card(random);
      state.take(VIEW, made, 0, step);
      for (int reader = 0; reader < readers.size(); reader++) {
        if (random.nextInt(1 + reader) > 0 || state.version() == known.get(reader)) {
          continue;
        }
        readers.get(reader).mergeIn(new JsonObject(state.since(known.get(reader))));
        known.set(reader, state.version());
        assertThat(readers.get(reader)).isEqualTo(new JsonObject(made.encode()));
      }
    }
  }

  @Test
  void onlyWhatHasChangedIsSentAndNothingWhenNothingHas() {
    CardState state = new CardState();
    JsonObject card = card(new Random(2));
    state.take(VIEW, card, 0, 1);
    state.take(VIEW, card.copy(), 0, 2);
    assertThat(state.version()).isEqualTo(1);
    state.take(VIEW, card.copy().put("powerWatts", 6.0), 0, 3);
    assertThat(state.since(1)).isEqualTo("{\"id\":\"C1\",\"powerWatts\":6.0}");
    assertThat(state.urgentVersion()).isEqualTo(1);
    state.take(VIEW, card.copy().put("state", new JsonObject().put("name", "Faulted")), 0, 4);
    assertThat(state.urgentVersion()).isEqualTo(4);
    assertThat(new JsonObject(state.since(1)).fieldNames())
        .containsExactlyInAnyOrder("id", "powerWatts", "state");
  }
}
