package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many connect at once. */
class TurnsTest {
  private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONG = TimeUnit.SECONDS.toNanos(3);

  private final Turns turns = new Turns(2, 8);

  @Test
  void aLongLogInHalvesThePlacesAndThoseThatFailTogetherCountOnce() {
    for (int i = 0; i < 8; i++) {
      turns.took(LONG);
    }
    assertThat(turns.places()).isEqualTo(4);
  }

  @Test
  void quickOnesGivePlacesBackButNeverMoreThanThereWere() {
    turns.took(LONG);
    for (int i = 0; i < 8; i++) {
      turns.took(QUICK);
    }
    assertThat(turns.places()).isEqualTo(6);
    for (int i = 0; i < 100; i++) {
      turns.took(QUICK);
    }
    assertThat(turns.places()).isEqualTo(8);
  }

  @Test
  void noMoreThanThePlacesGoAtOnceAlsoAfterTheyBecameFewer() throws InterruptedException {
    List<ClientResources.Place> taken = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      taken.add(turns.await());
    }
    turns.took(LONG);
    AtomicInteger inside = new AtomicInteger();
    Thread next =
        new Thread(
            () -> {
              try {
                ClientResources.Place place = turns.await();
                inside.incrementAndGet();
                place.giveBack();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    next.start();
    for (int i = 0; i < 4; i++) {
      taken.get(i).giveBack();
      taken.get(i).giveBack(); // counts once
    }
    next.join(200);
    assertThat(inside).as("four of four are taken yet").hasValue(0);
    taken.get(4).giveBack();
    next.join(5000);
    assertThat(inside).hasValue(1);
  }
}
