package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/** The database cannot be used as it is; the message says so to people. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message of one line, and perhaps a hint on a second one. */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
