package dev.anodyne.controller.session.recording;

/**
 * A file is no recording, or none that this version can read. The message is one line that names
 * file, place and what is allowed, optionally followed by a line that starts with "Maybe".
 */
public final class RecordingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public RecordingException(String message) {
    super(message);
  }

  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
