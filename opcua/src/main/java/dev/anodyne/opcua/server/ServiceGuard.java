package dev.anodyne.opcua.server;

import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * Stands in front of one of the library's services: looks at a request first, lets all, a part or
 * nothing of it pass, and sees what came of it.
 *
 * @param <R> the service's request
 */
@FunctionalInterface
interface ServiceGuard<R extends UaRequestMessageType> {
  /** The library's own handling of what may pass. */
  @FunctionalInterface
  interface Service<R extends UaRequestMessageType> {
    UaResponseMessageType answer(R request) throws UaException;
  }

  UaResponseMessageType handle(ServiceRequestContext context, R request, Service<R> library)
      throws UaException;
}
