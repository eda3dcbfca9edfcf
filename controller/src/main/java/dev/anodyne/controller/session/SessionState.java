package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ChargerFault;
import java.util.Set;

/** Where a charge stands. Times are on the loop's clock. */
public sealed interface SessionState {
  /** Name of the state as it is shown and logged. */
  String name();

  /**
   * A sentence for a person: why the session is in this state; empty when there is nothing to add.
   */
  String reason();

  /** Since when, ns. */
  long sinceNanos();

  /** True when the session is over and only a new one can charge. */
  default boolean isOver() {
    return false;
  }

  /** Not started. */
  record Idle(long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Idle";
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /** Started; charger, vehicle or first measurements are awaited. */
  record WaitingForCharger(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Waiting for charger";
    }
  }

  /** Current flows or may flow. */
  record Charging(long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Charging";
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /** The current is stopped for a reason that may pass; the charge then goes on by itself. */
  record Suspended(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Suspended";
    }
  }

  /** Done: the target is reached or somebody stopped the charge. */
  record Finished(String reason, boolean targetReached, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Finished";
    }

    @Override
    public boolean isOver() {
      return true;
    }
  }

  /**
   * The charger reports a fault. The charge goes on when the fault is gone, except after those that
   * a person has to look at.
   *
   * @param needsPerson true when only a new start can charge again
   */
  record Faulted(Set<ChargerFault> faults, boolean needsPerson, long sinceNanos)
      implements SessionState {
    private static final Set<ChargerFault> FOR_A_PERSON =
        Set.of(
            ChargerFault.EMERGENCY_STOP,
            ChargerFault.ISOLATION_FAULT,
            ChargerFault.CONTACTOR_WELDED);

    public Faulted {
      faults = Set.copyOf(faults);
    }

    /** The state for these faults. */
    static Faulted of(Set<ChargerFault> faults, long nowNanos) {
      boolean person = faults.stream().anyMatch(FOR_A_PERSON::contains);
      return new Faulted(faults, person, nowNanos);
    }

    @Override
    public String name() {
      return "Faulted";
    }

    @Override
    public String reason() {
      String list = String.join(", ", faults.stream().map(Enum::name).sorted().toList());
      return "The charger reports "
          + list
          + (needsPerson ? ". A person has to look at it and start a new session." : ".");
    }

    @Override
    public boolean isOver() {
      return needsPerson;
    }
  }
}
