package dev.anodyne.hil.bench;

/**
 * A bench's configuration cannot be used. The message is one line that names file, line, key, value
 * and what is allowed; a second line may begin with "Maybe".
 */
public final class BenchConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public BenchConfigException(String message) {
    super(message);
  }

  public BenchConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
