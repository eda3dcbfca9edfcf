package dev.anodyne.opcua.server.shield;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceRequest;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sees every decoded request before the library does, and every answer. It bounds what is asked and
 * not answered, and notices who has logged in. All on the connection's own network thread.
 */
final class RequestGate extends ChannelDuplexHandler {
  /** What the library has not answered by then it will not answer; Publish requests apart. */
  private static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How soon a log-in that has to wait its turn asks again. */
  private static final long TURN_MILLIS = 10;

  private final Connection connection;
  private final ShieldLimits.Messages most;
  private final Runnable whenFree;
  private final RequestRules rules;

  /** Requests and when they came, by request id. */
  private final Map<Long, Long> requests = new HashMap<>();

  private final Set<Long> publishes = new HashSet<>();
  private final Set<Long> calls = new HashSet<>();
  private final Map<Long, UascServiceRequest> openings = new HashMap<>();
  private final Map<NodeId, ServiceRequestContext> unclaimed = new HashMap<>();
  private @Nullable UascServiceRequest held;
  private @Nullable Long loggingIn;
  private boolean ended;

  /**
   * @param whenFree called when requests may be read again
   */
  RequestGate(Connection connection, Runnable whenFree) {
    this.connection = connection;
    this.most = connection.limits().messages();
    this.whenFree = whenFree;
    this.rules = new RequestRules(connection);
  }

  /** True while no further request is to be read. */
  boolean isBusy() {
    return held != null || requests.size() >= most.requests();
  }

  /** Stops waiting for answers that will not come: a fault of the library loses the request. */
  void forgetUnanswered(long now) {
    if (requests.isEmpty()) {
      return;
    }
    boolean forgot = false;
    for (Map.Entry<Long, Long> request : Map.copyOf(requests).entrySet()) {
      if (now - request.getValue() > UNANSWERED_NANOS) {
        answered(request.getKey());
        forgot = true;
      }
    }
    if (forgot) {
      whenFree.run();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof UascServiceRequest request)) {
      ctx.fireChannelRead(message);
      return;
    }
    UaRequestMessageType asked = request.getRequestMessage();
    Refusal refusal = refusal(asked);
    if (refusal != null) {
      connection.shield().refused(refusal, ctx.channel());
      ctx.writeAndFlush(fault(request, refusal));
      return;
    }
    if (asked instanceof ActivateSessionRequest) {
      held = request;
      takeTurn(ctx);
      return;
    }
    long id = request.getRequestId();
    if (asked instanceof PublishRequest) {
      publishes.add(id);
    } else {
      requests.put(id, System.nanoTime());
    }
    if (isCall(asked) && calls.add(id)) {
      connection.shield().calls().incrementAndGet();
    }
    if (asked instanceof CreateSessionRequest) {
      openings.put(id, request);
    }
    ctx.fireChannelRead(request);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    super.write(ctx, message, promise);
    if (message instanceof UascServiceResponse response) {
      boolean busy = isBusy();
      learn(response);
      answered(response.getRequestId());
      if (busy && !isBusy()) {
        ctx.executor().execute(whenFree);
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    connection.shield().calls().addAndGet(-calls.size());
    calls.clear();
    requests.clear();
    publishes.clear();
    held = null;
    if (loggingIn != null) {
      loggingIn = null;
      connection.shield().addresses().endLogIn(connection.peer());
    }
    connection.shield().dropUnclaimed(unclaimed);
    unclaimed.clear();
  }

  private @Nullable Refusal refusal(UaRequestMessageType asked) {
    if (asked instanceof PublishRequest) {
      return publishes.size() >= most.publishes() ? Refusal.TOO_MANY_PUBLISHES : null;
    }
    if (asked instanceof CreateSessionRequest) {
      int opening = unclaimed.size() + openings.size();
      return opening >= connection.limits().connections().opening()
          ? Refusal.TOO_MANY_SESSIONS
          : null;
    }
    if (isCall(asked)
        && (calls.size() >= most.calls()
            || connection.shield().calls().get() >= most.callsOfAll())) {
      return Refusal.TOO_MANY_CALLS;
    }
    return rules.refusal(asked);
  }

  /** A password takes long to check on purpose: only a few are checked at a time. */
  private void takeTurn(ChannelHandlerContext ctx) {
    UascServiceRequest request = held;
    if (request == null || ended) {
      return;
    }
    if (loggingIn != null || !connection.shield().addresses().beginLogIn(connection.peer())) {
      ctx.executor().schedule(() -> takeTurn(ctx), TURN_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    held = null;
    loggingIn = request.getRequestId();
    requests.put(request.getRequestId(), System.nanoTime());
    openings.put(request.getRequestId(), request);
    ctx.fireChannelRead(request);
    ctx.executor().execute(whenFree);
  }

  /** What an answer says about sessions. */
  private void learn(UascServiceResponse response) {
    UascServiceRequest request = openings.remove(response.getRequestId());
    UaResponseMessageType answer = response.getResponseMessage();
    if (request != null && answer instanceof CreateSessionResponse created) {
      unclaimed.put(created.getAuthenticationToken(), request);
    } else if (request != null && answer instanceof ActivateSessionResponse) {
      NodeId token = request.getRequestMessage().getRequestHeader().getAuthenticationToken();
      boolean isNew = unclaimed.remove(token) != null || connection.isNewcomer();
      if (isNew) {
        connection.loggedIn();
      }
    } else if (answer instanceof CloseSessionResponse) {
      connection.loggedOut();
    }
  }

  private void answered(long id) {
    requests.remove(id);
    publishes.remove(id);
    openings.remove(id);
    if (calls.remove(id)) {
      connection.shield().calls().decrementAndGet();
    }
    if (loggingIn != null && loggingIn == id) {
      loggingIn = null;
      connection.shield().addresses().endLogIn(connection.peer());
    }
  }

  private static boolean isCall(UaRequestMessageType asked) {
    return asked instanceof CallRequest || asked instanceof WriteRequest;
  }

  private static UascServiceResponse fault(UascServiceRequest request, Refusal why) {
    return new UascServiceResponse(
        new ServiceFault(
            new ResponseHeader(
                DateTime.now(),
                request.getRequestMessage().getRequestHeader().getRequestHandle(),
                new StatusCode(why.status()),
                null,
                null,
                null)),
        request.getRequestId());
  }
}
