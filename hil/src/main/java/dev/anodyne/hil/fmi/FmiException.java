package dev.anodyne.hil.fmi;

/** A unit that cannot be used, or that failed; the message is one line for a person. */
public final class FmiException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public FmiException(String message) {
    super(message);
  }

  public FmiException(String message, Throwable cause) {
    super(message, cause);
  }
}
