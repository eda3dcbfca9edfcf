package dev.anodyne.opcua.client;

/** A server cannot be looked at; the message says why in words, perhaps with a line of advice. */
public final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolException(LinkException cause) {
    super(cause.getMessage(), cause);
  }
}
