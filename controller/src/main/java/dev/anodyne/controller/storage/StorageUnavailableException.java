package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/** The database cannot be reached at the moment; it may be later. */
public final class StorageUnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With a message of one line. */
  public StorageUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
