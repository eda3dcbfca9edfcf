package dev.anodyne.opcua.server;

import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransportFactory;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** The library's server with guards in front of its services. */
final class GuardedServer extends OpcUaServer {
  GuardedServer(OpcUaServerConfig config, OpcServerTransportFactory transports) {
    super(config, transports);
  }

  /** Puts a guard in front of a service of the endpoint that has sessions. */
  <R extends UaRequestMessageType> void guard(
      Service service, Class<R> request, ServiceGuard<R> guard) {
    ServiceHandler library = library(service);
    addServiceHandler(
        SecureServerConfig.PATH,
        service,
        (context, message) -> answer(context, request.cast(message), guard, library));
  }

  private ServiceHandler library(Service service) {
    return Objects.requireNonNull(getServiceHandler(SecureServerConfig.PATH, service));
  }

  private static <R extends UaRequestMessageType> UaResponseMessageType answer(
      ServiceRequestContext context, R request, ServiceGuard<R> guard, ServiceHandler library)
      throws UaException {
    return guard.handle(context, request, passed -> library.handle(context, passed));
  }
}
