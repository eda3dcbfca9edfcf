package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out calls. Each is checked here, one by one, before anything is done: the library's own
 * check judges a whole request, and executes all of it when a part is allowed.
 */
final class StationCalls {
  private static final Logger LOG = LoggerFactory.getLogger(StationCalls.class);

  /** A client waits no longer for the controller. */
  private static final long ANSWER_SECONDS = 5;

  /** An object and one of its methods. */
  private record Target(NodeId object, NodeId method) {}

  /** What a call leads to. */
  private record Operation(String charger, StationMethod method) {}

  private final StationCommands commands;
  private final Authorization authorization;
  private final Map<Target, Operation> operations = new ConcurrentHashMap<>();
  private final Map<NodeId, String> objects = new ConcurrentHashMap<>();
  private volatile Follower follower = (command, user, answer) -> answer;

  /** Draws its own conclusions from a command's answer. */
  @FunctionalInterface
  interface Follower {
    /** What the client is told. */
    CommandAnswer followed(StationCommand command, String user, CommandAnswer answer);
  }

  StationCalls(StationCommands commands, Authorization authorization) {
    this.commands = commands;
    this.authorization = authorization;
  }

  /** Lets an object have a method. */
  void offer(NodeId object, String charger, NodeId methodNode, StationMethod method) {
    objects.put(object, charger);
    operations.put(new Target(object, methodNode), new Operation(charger, method));
  }

  /** Takes back all that a charger offers. */
  void withdraw(String charger) {
    operations.values().removeIf(operation -> operation.charger().equals(charger));
    objects.values().removeIf(charger::equals);
  }

  /** Lets somebody hear of every answer before the client does. */
  void follow(Follower next) {
    follower = next;
  }

  /** Whether a user may do something. */
  boolean mayDo(@Nullable String user, Authorization.Action action) {
    return user != null && authorization.check(user, action);
  }

  /**
   * Carries out one call.
   *
   * @param user who asks; null when nobody has logged in
   */
  CallMethodResult call(CallMethodRequest request, @Nullable String user, boolean isObjectKnown) {
    Operation operation = operations.get(new Target(request.getObjectId(), request.getMethodId()));
    if (operation == null) {
      return failed(isObjectKnown ? StatusCodes.Bad_MethodInvalid : StatusCodes.Bad_NodeIdUnknown);
    }
    if (user == null || !mayDo(user, operation.method().action())) {
      LOG.warn("{} by '{}' refused", operation.method().methodName(), user);
      return failed(StatusCodes.Bad_UserAccessDenied);
    }
    Variant[] inputs = Objects.requireNonNullElse(request.getInputArguments(), new Variant[0]);
    List<StationMethod.Input> expected = operation.method().inputs();
    if (inputs.length != expected.size()) {
      return failed(
          inputs.length < expected.size()
              ? StatusCodes.Bad_ArgumentsMissing
              : StatusCodes.Bad_TooManyArguments);
    }
    StatusCode[] checks = new StatusCode[inputs.length];
    Object[] values = new Object[inputs.length];
    boolean valid = true;
    for (int i = 0; i < inputs.length; i++) {
      Object value = inputs[i].value();
      checks[i] = new StatusCode(check(expected.get(i), value));
      valid &= checks[i].isGood();
      values[i] = value;
    }
    if (!valid) {
      return new CallMethodResult(
          new StatusCode(StatusCodes.Bad_InvalidArgument),
          checks,
          new DiagnosticInfo[0],
          new Variant[0]);
    }
    CommandAnswer answer = execute(operation.method().command(operation.charger(), values), user);
    return new CallMethodResult(
        StatusCode.GOOD,
        checks,
        new DiagnosticInfo[0],
        new Variant[] {new Variant(answer.result().ordinal()), new Variant(answer.message())});
  }

  /** Hands a command over and waits for the answer, for a while. */
  CommandAnswer execute(StationCommand command, String user) {
    try {
      CommandAnswer answer =
          commands
              .execute(command, user)
              .toCompletableFuture()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      LOG.info("{} by '{}': {} {}", command, user, answer.result(), answer.message());
      return follower.followed(command, user, answer);
    } catch (TimeoutException e) {
      LOG.error("{} by '{}': no answer within {} s", command, user, ANSWER_SECONDS);
      return new CommandAnswer(
          CommandResult.NO_ANSWER,
          "The controller did not answer within " + ANSWER_SECONDS + " s.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandAnswer(CommandResult.NO_ANSWER, "The server stops.");
    } catch (ExecutionException | RuntimeException e) {
      LOG.error("{} by '{}' failed", command, user, e);
      return new CommandAnswer(CommandResult.FAILED, "The command failed; the log says why.");
    }
  }

  private static long check(StationMethod.Input input, @Nullable Object value) {
    if (!input.kind().javaType().isInstance(value)) {
      return StatusCodes.Bad_TypeMismatch;
    }
    ValueRange range = input.range();
    boolean within =
        value instanceof String text
            ? text.length() <= StationMethod.LONGEST_TEXT && text.chars().noneMatch(c -> c < ' ')
            : value instanceof DateTime time
                ? time.isNull() || time.isValid()
                : range == null || value instanceof Double number && range.contains(number);
    return within ? StatusCodes.Good : StatusCodes.Bad_OutOfRange;
  }

  private static CallMethodResult failed(long status) {
    return new CallMethodResult(
        new StatusCode(status), new StatusCode[0], new DiagnosticInfo[0], new Variant[0]);
  }
}
