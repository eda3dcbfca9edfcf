package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.unplugged;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every event in every state, and what the states remember. */
class SessionStateMachineTest {
  private static final SessionRules ASKING = SessionRules.USUAL.asking(true);
  private static final double RAMP = 10;

  private SessionStateMachine machine = new SessionStateMachine(SessionRules.USUAL);

  /** What may happen; the looks are one second after the state was reached. */
  private enum Event {
    START,
    RESUME,
    AUTHORISE,
    STOP,
    STOP_GENTLY,
    LINK_DOWN,
    VEHICLE_ABSENT,
    VEHICLE_LEFT,
    GUARD_STOPS,
    ALLOWED,
    FLOWS,
    TARGET,
    FAULT,
    FAULT_FOR_PERSON
  }

  private void look(ChargerStatus status, double seconds, double allowedAmps, double soc) {
    GuardVerdict verdict =
        allowedAmps > 0
            ? new GuardVerdict(allowedAmps, 16.8, GuardReason.NONE, "")
            : new GuardVerdict(0, 0, GuardReason.AWAITING_DECISION, "Guard's words.");
    machine.next(
        new SessionLook(
            status,
            estimate(status.measurement(), soc),
            0.8,
            decision(10),
            verdict,
            "",
            LAYOUT,
            Math.round(seconds * SECOND)));
  }

  private void look(ChargerStatus status, double seconds, double allowedAmps) {
    look(status, seconds, allowedAmps, 0.4);
  }

  /** Brings the machine into a state at 10 s. */
  private void reach(String state) {
    machine = new SessionStateMachine(state.equals("Connected") ? ASKING : SessionRules.USUAL);
    machine.start(0);
    switch (state) {
      case "Idle" -> look(unplugged(up(10, 0)), 10, 0);
      case "Connected", "Authorised" -> look(up(10, 0), 10, 0);
      case "PreCharge" -> look(up(10, 0), 10, 10);
      case "Charging" -> look(up(10, 10), 10, 10);
      case "Suspended" -> {
        look(up(9, 10), 9, 10);
        look(up(10, 0), 10, 0);
      }
      case "Stopping" -> {
        look(up(9, 10), 9, 10);
        machine.stop("Enough.", 10, RAMP, 10 * SECOND);
      }
      case "Finished" -> machine.stop("Enough.", 10 * SECOND);
      case "Faulted" -> {
        look(up(9, 10), 9, 10);
        look(with(up(10, 0), ChargerFault.POWER_SUPPLY_FAULT), 10, 0);
      }
      default -> throw new AssertionError(state);
    }
    assertThat(name()).isEqualTo(state);
  }

  private void happen(Event event) {
    long now = 11 * SECOND;
    switch (event) {
      case START -> machine.start(now);
      case RESUME -> machine.resume(now);
      case AUTHORISE -> machine.authorise(now);
      case STOP -> machine.stop("Enough.", now);
      case STOP_GENTLY -> machine.stop("Enough.", 10, RAMP, now);
      case LINK_DOWN -> look(with(up(11, 10), LinkState.DOWN, "Gone."), 11, 0);
      case VEHICLE_ABSENT -> look(unplugged(up(11, 10)), 11, 0);
      case VEHICLE_LEFT -> {
        look(unplugged(up(11, 10)), 11, 0);
        look(unplugged(up(14, 10)), 14, 0);
      }
      case GUARD_STOPS -> look(up(11, 10), 11, 0);
      case ALLOWED -> look(up(11, 0), 11, 10);
      case FLOWS -> look(up(11, 10), 11, 10);
      case TARGET -> look(up(11, 10), 11, 10, 0.8);
      case FAULT -> look(with(up(11, 10), ChargerFault.POWER_SUPPLY_FAULT), 11, 0);
      case FAULT_FOR_PERSON -> look(with(up(11, 10), ChargerFault.ISOLATION_FAULT), 11, 0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          event,            Idle,       Connected, Authorised, PreCharge, Charging,  Suspended, Stopping, Finished, Faulted
          START,            Idle,       Connected, Authorised, PreCharge, Charging,  Suspended, Stopping, Finished, Faulted
          RESUME,           Idle,       Connected, Authorised, PreCharge, Charging,  Suspended, Stopping, Finished, Faulted
          AUTHORISE,        Idle,       Connected, Authorised, PreCharge, Charging,  Suspended, Stopping, Finished, Faulted
          STOP,             Finished,   Finished,  Finished,   Finished,  Finished,  Finished,  Finished, Finished, Finished
          STOP_GENTLY,      Finished,   Finished,  Finished,   Stopping,  Stopping,  Finished,  Stopping, Finished, Finished
          LINK_DOWN,        Idle,       Connected, Authorised, Suspended, Suspended, Suspended, Stopping, Finished, Suspended
          VEHICLE_ABSENT,   Idle,       Connected, Authorised, Suspended, Suspended, Suspended, Stopping, Finished, Suspended
          VEHICLE_LEFT,     Idle,       Finished,  Finished,   Finished,  Finished,  Finished,  Finished, Finished, Finished
          GUARD_STOPS,      Authorised, Connected, Authorised, Suspended, Suspended, Suspended, Stopping, Finished, Suspended
          ALLOWED,          PreCharge,  Connected, PreCharge,  PreCharge, Charging,  Charging,  Finished, Finished, Charging
          FLOWS,            Charging,   Connected, Charging,   Charging,  Charging,  Charging,  Stopping, Finished, Charging
          TARGET,           Finished,   Finished,  Finished,   Finished,  Finished,  Finished,  Stopping, Finished, Finished
          FAULT,            Faulted,    Faulted,   Faulted,    Faulted,   Faulted,   Faulted,   Finished, Finished, Faulted
          FAULT_FOR_PERSON, Faulted,    Faulted,   Faulted,    Faulted,   Faulted,   Faulted,   Faulted,  Finished, Faulted
          """)
  void everyEventInEveryState(
      Event event,
      String idle,
      String connected,
      String authorised,
      String preCharge,
      String charging,
      String suspended,
      String stopping,
      String finished,
      String faulted) {
    becomes("Idle", event, idle);
    becomes("Connected", event, connected);
    becomes("Authorised", event, authorised);
    becomes("PreCharge", event, preCharge);
    becomes("Charging", event, charging);
    becomes("Suspended", event, suspended);
    becomes("Stopping", event, stopping);
    becomes("Finished", event, finished);
    becomes("Faulted", event, faulted);
  }

  private void becomes(String from, Event event, String to) {
    reach(from);
    SessionState before = machine.state();
    happen(event);
    assertThat(name()).as("%s in %s", event, from).isEqualTo(to);
    if (from.equals(to) && !from.equals("Faulted")) {
      assertThat(machine.state().sinceNanos())
          .as("time of entry, %s in %s", event, from)
          .isEqualTo(before.sinceNanos());
    }
    boolean flows = to.equals("PreCharge") || to.equals("Charging") || to.equals("Stopping");
    assertThat(machine.state().mayCommand()).as("%s may command", to).isEqualTo(flows);
  }

  private String name() {
    return machine.state().getClass().getSimpleName();
  }

  @Test
  void nothingHappensBeforeTheStart() {
    look(up(1, 10), 1, 10);
    assertThat(name()).isEqualTo("Idle");
    assertThat(machine.mayDecide()).isFalse();
  }

  @Test
  void anAllowanceCountsForTheVehicleThatIsThere() {
    reach("Connected");
    assertThat(machine.mayDecide()).isFalse();
    machine.authorise(11 * SECOND);
    assertThat(machine.mayDecide()).isTrue();
    look(up(12, 0), 12, 0);
    assertThat(name()).isEqualTo("Authorised");
  }

  @Test
  void anAllowanceWithoutVehicleCountsForThreeMinutes() {
    for (int late = 0; late <= 1; late++) {
      machine = new SessionStateMachine(ASKING);
      machine.start(0);
      machine.authorise(SECOND);
      look(unplugged(up(2, 0)), 2, 0);
      double seconds = 181 + late;
      look(up(seconds, 0), seconds, 0);
      assertThat(name()).isEqualTo(late == 0 ? "Authorised" : "Connected");
    }
  }

  @Test
  void aFlickerOfTheVehiclesSignalEndsNothing() {
    reach("Charging");
    look(unplugged(up(11, 10)), 11, 0);
    look(unplugged(up(13.9, 0)), 13.9, 0);
    assertThat(name()).isEqualTo("Suspended");
    look(up(14, 0), 14, 10);
    assertThat(name()).isEqualTo("Charging");
    look(unplugged(up(15, 10)), 15, 0);
    look(unplugged(up(17.9, 0)), 17.9, 0);
    assertThat(name()).as("absences do not add up").isEqualTo("Suspended");
  }

  @Test
  void aResumedChargeExpectsItsVehicle() {
    machine.resume(SECOND);
    assertThat(machine.state().reason()).contains("fresh measurements");
    look(with(up(2, 0), LinkState.CONNECTING, ""), 2, 0);
    look(unplugged(up(3, 0)), 3, 0);
    assertThat(name()).isEqualTo("Suspended");
    look(unplugged(up(6, 0)), 6, 0);
    assertThat(machine.state().reason()).isEqualTo("The vehicle has left.");
  }

  @Test
  void aStopEndsInTimeWhateverTheChargerDoes() {
    reach("Stopping");
    SessionState.Stopping ramp = (SessionState.Stopping) machine.state();
    assertThat(ramp.allowedAmps(10 * SECOND)).isEqualTo(10);
    assertThat(ramp.allowedAmps(10 * SECOND + SECOND / 2)).isEqualTo(5);
    look(up(12.9, 10), 12.9, 0);
    assertThat(name()).as("the charger still delivers").isEqualTo("Stopping");
    look(up(13, 10), 13, 0);
    assertThat(name()).as("one second of ramp, two to follow").isEqualTo("Finished");
    assertThat(machine.state().reason()).isEqualTo("Enough.");
  }

  @Test
  void aSlowRampIsMadeSteeper() {
    SessionState.Stopping slow = SessionState.Stopping.from(80, 0.1, "", 0);
    assertThat(slow.allowedAmps(4 * SECOND)).isEqualTo(40);
    assertThat(slow.allowedAmps(8 * SECOND)).isZero();
  }
}
