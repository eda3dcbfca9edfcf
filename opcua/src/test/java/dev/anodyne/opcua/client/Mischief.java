package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerTag;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.server.Lifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultAttributeServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSessionServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSubscriptionServiceSet;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** What a server may answer that no specification allows, or that nobody expects. */
final class Mischief implements Lifecycle {
  private static final String PATH = "/anodyne";
  private static final Map<String, ChargerTag> TAGS =
      Arrays.stream(ChargerTag.values())
          .collect(Collectors.toMap(tag -> tag.identifier("CH01"), Function.identity()));

  /** What it does with a tag's value. */
  interface Twist {
    DataValue twisted(ChargerTag tag, DataValue value);
  }

  private static final Twist NOTHING = (tag, value) -> value;

  volatile Twist twist = NOTHING;
  volatile int valuesLeftOut;
  volatile int writesLeftOut;
  volatile boolean neverPublishes;
  volatile UnaryOperator<PublishResponse> published = UnaryOperator.identity();
  volatile UnaryOperator<CreateSubscriptionResponse> created = UnaryOperator.identity();
  volatile UnaryOperator<EndpointDescription[]> endpoints = UnaryOperator.identity();
  final AtomicInteger logIns = new AtomicInteger();

  /** Behaves from now on. */
  void behave() {
    twist = NOTHING;
    valuesLeftOut = 0;
    writesLeftOut = 0;
    neverPublishes = false;
    published = UnaryOperator.identity();
    created = UnaryOperator.identity();
    endpoints = UnaryOperator.identity();
  }

  /** Has a server do as told here. */
  Mischief on(OpcUaServer server) {
    server.addServiceSet(PATH, new Attributes(server));
    server.addServiceSet(PATH, new Subscriptions(server));
    server.addServiceSet(PATH, new Sessions(server));
    return this;
  }

  @Override
  public void startup() {}

  @Override
  public void shutdown() {}

  private static <T> T[] shortened(T[] all, int by) {
    return Arrays.copyOf(all, Math.max(0, all.length - by));
  }

  private final class Attributes extends DefaultAttributeServiceSet {
    Attributes(OpcUaServer server) {
      super(server);
    }

    @Override
    public ReadResponse onRead(ServiceRequestContext context, ReadRequest request)
        throws UaException {
      ReadResponse answer = super.onRead(context, request);
      ReadValueId[] asked = request.getNodesToRead();
      DataValue[] values = answer.getResults();
      boolean isAboutTags =
          asked.length > 2 && asked[0].getAttributeId().equals(AttributeId.Value.uid());
      if (!isAboutTags) {
        return answer;
      }
      for (int i = 0; i < values.length; i++) {
        ChargerTag tag = TAGS.get(String.valueOf(asked[i].getNodeId().getIdentifier()));
        values[i] = tag == null ? values[i] : twist.twisted(tag, values[i]);
      }
      return new ReadResponse(answer.getResponseHeader(), shortened(values, valuesLeftOut), null);
    }

    @Override
    public WriteResponse onWrite(ServiceRequestContext context, WriteRequest request)
        throws UaException {
      WriteResponse answer = super.onWrite(context, request);
      return new WriteResponse(
          answer.getResponseHeader(), shortened(answer.getResults(), writesLeftOut), null);
    }
  }

  private final class Sessions extends DefaultSessionServiceSet {
    Sessions(OpcUaServer server) {
      super(server);
    }

    @Override
    public CreateSessionResponse onCreateSession(
        ServiceRequestContext context, CreateSessionRequest request) throws UaException {
      CreateSessionResponse answer = super.onCreateSession(context, request);
      return new CreateSessionResponse(
          answer.getResponseHeader(),
          answer.getSessionId(),
          answer.getAuthenticationToken(),
          answer.getRevisedSessionTimeout(),
          answer.getServerNonce(),
          answer.getServerCertificate(),
          endpoints.apply(answer.getServerEndpoints()),
          answer.getServerSoftwareCertificates(),
          answer.getServerSignature(),
          answer.getMaxRequestMessageSize());
    }

    @Override
    public ActivateSessionResponse onActivateSession(
        ServiceRequestContext context, ActivateSessionRequest request) throws UaException {
      logIns.incrementAndGet();
      return super.onActivateSession(context, request);
    }
  }

  private final class Subscriptions extends DefaultSubscriptionServiceSet {
    Subscriptions(OpcUaServer server) {
      super(server);
    }

    @Override
    public CreateSubscriptionResponse onCreateSubscription(
        ServiceRequestContext context, CreateSubscriptionRequest request) throws UaException {
      return created.apply(super.onCreateSubscription(context, request));
    }

    @Override
    public CompletableFuture<PublishResponse> onPublish(
        ServiceRequestContext context, PublishRequest request) {
      return neverPublishes
          ? new CompletableFuture<>()
          : super.onPublish(context, request).thenApply(answer -> published.apply(answer));
    }
  }
}
