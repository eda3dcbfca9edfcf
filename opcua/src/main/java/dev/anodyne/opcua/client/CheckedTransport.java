package dev.anodyne.opcua.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.jspecify.annotations.Nullable;

/**
 * Holds every answer against its question before the library sees it. Answers that do not have one
 * result for each thing that was asked are failures, not answers: a value that is matched with the
 * wrong tag is worse than none. And a session's endpoints must be those that discovery told, before
 * any password is sent.
 *
 * <p>A subclass, since the library listens for a lost connection on this very class only.
 */
final class CheckedTransport extends OpcTcpClientTransport {
  private final Function<EndpointDescription @Nullable [], String> tampered;
  private final Findings findings;

  /**
   * @param tampered what is wrong with the endpoints that a session tells; empty when nothing is
   * @param findings told what was found wrong
   */
  CheckedTransport(
      OpcTcpClientTransportConfig config,
      Function<EndpointDescription @Nullable [], String> tampered,
      Findings findings) {
    super(config);
    this.tampered = tampered;
    this.findings = findings;
  }

  /** An answer that is none. */
  static final class WrongAnswerException extends UaException {
    private static final long serialVersionUID = 1L;

    WrongAnswerException(String message) {
      super(StatusCodes.Bad_DecodingError, message);
    }
  }

  @Override
  public CompletableFuture<UaResponseMessageType> sendRequestMessage(UaRequestMessageType request) {
    return super.sendRequestMessage(request)
        .thenCompose(
            response -> {
              String problem = problem(request, response);
              return problem.isEmpty()
                  ? CompletableFuture.completedFuture(response)
                  : CompletableFuture.failedFuture(new WrongAnswerException(problem));
            });
  }

  private String problem(UaRequestMessageType request, UaResponseMessageType response) {
    if (response instanceof CreateSessionResponse session) {
      String problem = tampered.apply(session.getServerEndpoints());
      if (!problem.isEmpty()) {
        findings.add(withoutStop(problem));
      }
      return problem;
    }
    if (request instanceof ReadRequest asked && response instanceof ReadResponse answer) {
      return counted(asked.getNodesToRead(), answer.getResults(), "values");
    }
    if (request instanceof WriteRequest asked && response instanceof WriteResponse answer) {
      return counted(asked.getNodesToWrite(), answer.getResults(), "writes");
    }
    if (request instanceof TranslateBrowsePathsToNodeIdsRequest asked
        && response instanceof TranslateBrowsePathsToNodeIdsResponse answer) {
      return counted(asked.getBrowsePaths(), answer.getResults(), "browse paths");
    }
    if (request instanceof BrowseRequest asked && response instanceof BrowseResponse answer) {
      return counted(asked.getNodesToBrowse(), answer.getResults(), "nodes");
    }
    if (request instanceof CreateMonitoredItemsRequest asked
        && response instanceof CreateMonitoredItemsResponse answer) {
      return counted(asked.getItemsToCreate(), answer.getResults(), "monitored items");
    }
    return "";
  }

  private static String counted(
      Object @Nullable [] asked, Object @Nullable [] answered, String things) {
    int questions = asked == null ? 0 : asked.length;
    int answers = answered == null ? 0 : answered.length;
    if (questions != answers) {
      return "the server answered " + answers + " of " + questions + " " + things;
    }
    for (int i = 0; i < answers; i++) {
      if (answered != null && answered[i] == null) {
        return "the server left out one of " + questions + " " + things;
      }
    }
    return "";
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
