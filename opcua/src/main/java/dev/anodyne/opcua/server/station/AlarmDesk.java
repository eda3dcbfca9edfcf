package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmAnswer;
import dev.anodyne.opcua.server.alarm.Alarms;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alarms and commands in agreement, whichever way an operator takes: to acknowledge a
 * charger's fault is to acknowledge all its fault alarms and the other way round, and to reset it
 * is to confirm them.
 */
public final class AlarmDesk {
  private final Alarms alarms;
  private final Clock clock;

  /** For the alarms of a station. */
  public AlarmDesk(Alarms alarms, Clock clock) {
    this.alarms = alarms;
    this.clock = clock;
  }

  /**
   * Somebody has seen an alarm. The controller hears of it after the alarm: of two who acknowledge
   * at once one is told that it was too late, and the controller hears of one.
   *
   * @param event which of the alarm's events; null for whatever is there
   * @param text a comment; null leaves the last one
   * @param controller hears of the acknowledgement of a charger's last fault
   */
  public AlarmAnswer acknowledge(
      Alarm alarm,
      @Nullable UUID event,
      @Nullable String text,
      String user,
      Consumer<StationCommand> controller) {
    AlarmAnswer answer = alarm.acknowledge(event, text, user, clock.instant());
    String owner = alarm.owner();
    boolean last =
        answer == AlarmAnswer.DONE
            && alarm.spec().fault()
            && alarms.unacknowledgedFaults(owner).isEmpty();
    if (last) {
      controller.accept(new StationCommand.Acknowledge(owner, text == null ? "" : text));
    }
    return answer;
  }

  /**
   * What follows for the alarms from a command that the controller has carried out.
   *
   * @param answer the controller's
   * @return what whoever gave the command is told
   */
  public CommandAnswer followed(StationCommand command, String user, CommandAnswer answer) {
    if (!answer.isDone()) {
      return answer;
    }
    if (command instanceof StationCommand.Acknowledge acknowledge) {
      int count =
          alarms.acknowledgeFaults(
              acknowledge.charger(), acknowledge.comment(), user, clock.instant());
      return count > 0 && answer.result() == CommandResult.NOTHING_TO_DO
          ? CommandAnswer.accepted("Acknowledged by " + user + ".")
          : answer;
    } else if (command instanceof StationCommand.Reset reset) {
      alarms.confirmFaults(reset.charger(), user, clock.instant());
    }
    return answer;
  }
}
