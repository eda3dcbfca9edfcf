package dev.anodyne.core.protocol;

/** A protocol or profile that cannot be understood. The message says where and what is allowed. */
public final class ProtocolException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
