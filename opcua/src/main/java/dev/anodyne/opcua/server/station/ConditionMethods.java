package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmAnswer;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.event.EventMaker;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to conditions (OPC 10000-9 §5.5 and §5.7): Acknowledge, Confirm, AddComment,
 * Enable, Disable. To acknowledge the last fault or stop of a charger that nobody has seen yet is
 * to acknowledge the charger's fault.
 */
final class ConditionMethods {
  private static final NodeId ACKNOWLEDGE = NodeIds.AcknowledgeableConditionType_Acknowledge;
  private static final NodeId CONFIRM = NodeIds.AcknowledgeableConditionType_Confirm;
  private static final NodeId COMMENT = NodeIds.ConditionType_AddComment;
  private static final NodeId ENABLE = NodeIds.ConditionType_Enable;
  private static final NodeId DISABLE = NodeIds.ConditionType_Disable;

  private final AlarmDesk desk;
  private final StationCalls calls;
  private final Clock clock;

  ConditionMethods(Alarms alarms, StationCalls calls, Clock clock) {
    this.desk = new AlarmDesk(alarms, clock);
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Carries out one call.
   *
   * @param user who asks; null when nobody has logged in
   */
  CallMethodResult call(Alarm alarm, CallMethodRequest request, @Nullable String user) {
    NodeId method = request.getMethodId();
    boolean known =
        List.of(ACKNOWLEDGE, COMMENT, ENABLE, DISABLE).contains(method)
            || (CONFIRM.equals(method) && alarm.spec().confirmed());
    if (!known) {
      return result(StatusCodes.Bad_MethodInvalid);
    }
    boolean switches = ENABLE.equals(method) || DISABLE.equals(method);
    Authorization.Action action =
        switches ? Authorization.Action.CONFIGURE : Authorization.Action.ACKNOWLEDGE;
    if (user == null || !calls.mayDo(user, action)) {
      return result(StatusCodes.Bad_UserAccessDenied);
    }
    Variant[] inputs = Objects.requireNonNullElse(request.getInputArguments(), new Variant[0]);
    int expected = switches ? 0 : 2;
    if (inputs.length != expected) {
      return result(
          inputs.length < expected
              ? StatusCodes.Bad_ArgumentsMissing
              : StatusCodes.Bad_TooManyArguments);
    }
    return switches
        ? result(enabled(alarm, ENABLE.equals(method), user))
        : commented(alarm, method, inputs, user);
  }

  private long enabled(Alarm alarm, boolean enable, String user) {
    AlarmAnswer answer =
        enable ? alarm.enable(user, clock.instant()) : alarm.disable(user, clock.instant());
    return answer == AlarmAnswer.DISABLED
        ? StatusCodes.Bad_ConditionAlreadyDisabled
        : status(answer);
  }

  private CallMethodResult commented(Alarm alarm, NodeId method, Variant[] inputs, String user) {
    Object event = inputs[0].value();
    Object comment = inputs[1].value();
    boolean eventFits = event instanceof ByteString;
    boolean commentFits = comment == null || comment instanceof LocalizedText;
    String text = comment instanceof LocalizedText localized ? localized.text() : null;
    boolean tooLong = text != null && text.length() > StationMethod.LONGEST_TEXT;
    if (!eventFits || !commentFits || tooLong) {
      return new CallMethodResult(
          new StatusCode(StatusCodes.Bad_InvalidArgument),
          new StatusCode[] {
            new StatusCode(eventFits ? StatusCodes.Good : StatusCodes.Bad_TypeMismatch),
            new StatusCode(
                !commentFits
                    ? StatusCodes.Bad_TypeMismatch
                    : tooLong ? StatusCodes.Bad_OutOfRange : StatusCodes.Good)
          },
          new DiagnosticInfo[0],
          new Variant[0]);
    }
    UUID id = EventMaker.id((ByteString) event);
    String clean = text == null ? null : text.replaceAll("\\p{Cntrl}", " ");
    return result(
        id == null ? StatusCodes.Bad_EventIdUnknown : act(alarm, method, id, clean, user));
  }

  private long act(Alarm alarm, NodeId method, UUID event, @Nullable String text, String user) {
    if (ACKNOWLEDGE.equals(method)) {
      return acknowledge(alarm, event, text, user);
    }
    return status(
        CONFIRM.equals(method)
            ? alarm.confirm(event, text, user, clock.instant())
            : alarm.comment(event, text, user, clock.instant()));
  }

  private long acknowledge(Alarm alarm, UUID event, @Nullable String text, String user) {
    return status(
        desk.acknowledge(alarm, event, text, user, command -> calls.execute(command, user)));
  }

  /** See {@link AlarmDesk#followed}. */
  CommandAnswer followed(StationCommand command, String user, CommandAnswer answer) {
    return desk.followed(command, user, answer);
  }

  private static long status(AlarmAnswer answer) {
    return switch (answer) {
      case DONE -> StatusCodes.Good;
      case EVENT_UNKNOWN -> StatusCodes.Bad_EventIdUnknown;
      case ALREADY_ACKNOWLEDGED -> StatusCodes.Bad_ConditionBranchAlreadyAcked;
      case ALREADY_CONFIRMED -> StatusCodes.Bad_ConditionBranchAlreadyConfirmed;
      case DISABLED -> StatusCodes.Bad_ConditionDisabled;
      case ALREADY_ENABLED -> StatusCodes.Bad_ConditionAlreadyEnabled;
    };
  }

  private static CallMethodResult result(long status) {
    return new CallMethodResult(
        new StatusCode(status), new StatusCode[0], new DiagnosticInfo[0], new Variant[0]);
  }
}
