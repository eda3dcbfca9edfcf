package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.up;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Limits that collide are the session's reason, and logged once, however long they collide. */
class CollisionToldTest {
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ChargeLoop.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private PolicyDecision wish = decision(10);
  private final ChargeLoop loop =
      new ChargeLoop(
          new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND),
          (m, command) -> estimate(m, 0.3),
          (e, l) -> wish,
          new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));

  @BeforeEach
  void listen() {
    log.start();
    LOGGER.addAppender(log);
    loop.start(0);
  }

  @AfterEach
  void detach() {
    LOGGER.detachAppender(log);
  }

  private static PolicyDecision hot(int celsius) {
    return decision(0)
        .withCollision(
            new Collision(
                List.of(ActiveConstraint.TEMPERATURE),
                "held at zero: temperature limit 30.0 °C and battery at " + celsius + " °C"));
  }

  private LoopRecord cycle(int second) {
    return loop.cycle(up(second, 0), second * SECOND);
  }

  @Test
  void theCollisionIsWhyTheSessionWaits() {
    cycle(1);
    wish = hot(34);
    assertThat(cycle(2).state())
        .isInstanceOfSatisfying(
            SessionState.Suspended.class,
            s ->
                assertThat(s.reason())
                    .isEqualTo("Held at zero: temperature limit 30.0 °C and battery at 34 °C."));
    wish = decision(10);
    assertThat(cycle(3).state()).isInstanceOf(SessionState.PreCharge.class);
  }

  @Test
  void itIsLoggedOnceAndAgainWhenOtherLimitsCollide() {
    for (int second = 1; second < 20; second++) {
      wish = second % 4 == 3 ? decision(10) : hot(50 - second);
      cycle(second);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Session t: held at zero: temperature limit 30.0 °C and battery at 49 °C.");
    wish =
        decision(0)
            .withCollision(
                new Collision(
                    List.of(ActiveConstraint.CURRENT), "held at zero: current limit 0 A"));
    cycle(20);
    cycle(21);
    assertThat(log.list).hasSize(2);
    // Apart for more than a minute: news again.
    wish = decision(10);
    cycle(22);
    wish =
        decision(0)
            .withCollision(
                new Collision(
                    List.of(ActiveConstraint.CURRENT), "held at zero: current limit 0 A"));
    cycle(90);
    assertThat(log.list).hasSize(3);
  }
}
