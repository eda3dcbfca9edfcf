package dev.anodyne.opcua.security;

import org.jspecify.annotations.Nullable;

/** Certificates or keys cannot be read, made or written; the message names the file. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PkiException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
