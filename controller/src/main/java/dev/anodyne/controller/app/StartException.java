package dev.anodyne.controller.app;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The server cannot start. The message is for people; bad input and busy ports, never a bug. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What went wrong, in words; a bug keeps its own exception. */
  static RuntimeException of(String what, Throwable cause) {
    if (cause instanceof BindException) {
      return new StartException(
          "The "
              + what
              + " cannot listen: "
              + cause.getMessage()
              + ".\nMaybe another program uses the port: choose another with --port or http.port.",
          cause);
    }
    if (cause instanceof IllegalArgumentException) {
      return new StartException("The " + what + " cannot start: " + cause.getMessage(), cause);
    }
    return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
  }
}
