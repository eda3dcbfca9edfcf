package dev.anodyne.opcua.server.shield;

import org.eclipse.milo.opcua.stack.core.StatusCodes;

/** Why the shield refused a connection, a message or a request. */
public enum Refusal {
  TOO_MANY_CONNECTIONS(StatusCodes.Bad_TcpNotEnoughResources, "Too many connections."),
  NO_HANDSHAKE(StatusCodes.Bad_Timeout, "No secure channel in time."),
  NO_LOG_IN(StatusCodes.Bad_Timeout, "Nobody has logged in in time."),
  UNFINISHED_MESSAGE(StatusCodes.Bad_Timeout, "The rest of the message did not come in time."),
  IDLE(StatusCodes.Bad_Timeout, "Nothing was heard for too long."),
  UNREAD(StatusCodes.Bad_Timeout, "Answers are not read."),
  NO_PROTOCOL(StatusCodes.Bad_TcpMessageTypeInvalid, "Not a message of OPC UA at this point."),
  TOO_LARGE(StatusCodes.Bad_TcpMessageTooLarge, "The message is too large."),
  CERTIFICATES(StatusCodes.Bad_CertificateInvalid, "The chain of certificates is not acceptable."),
  NOT_WITHOUT_SECURITY(
      StatusCodes.Bad_SecurityPolicyRejected, "Without security there is only discovery."),
  TOO_MANY_SESSIONS(StatusCodes.Bad_TooManySessions, "Log in before more sessions are created."),
  TOO_MANY_PUBLISHES(StatusCodes.Bad_TooManyPublishRequests, "Too many Publish requests wait."),
  TOO_MANY_CALLS(StatusCodes.Bad_TooManyOperations, "Too many calls and writes wait."),
  REFRESH_TOO_OFTEN(StatusCodes.Bad_RefreshInProgress, "Alarms are refreshed too often."),
  STRUCTURE(StatusCodes.Bad_DecodingError, "A structure in the request cannot be read."),
  FILTER(StatusCodes.Bad_FilterNotAllowed, "The filter is too large or refers to itself.");

  private final long status;
  private final String text;

  Refusal(long status, String text) {
    this.status = status;
    this.text = text;
  }

  /** What the client is told. */
  long status() {
    return status;
  }

  /** The same in words. */
  String text() {
    return text;
  }
}
