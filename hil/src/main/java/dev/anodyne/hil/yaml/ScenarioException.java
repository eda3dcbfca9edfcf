package dev.anodyne.hil.yaml;

/**
 * A scenario, or a file that one names, cannot be used. The message names file, line, key, value
 * and what is allowed, optionally followed by a line that starts with "Maybe".
 */
public final class ScenarioException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ScenarioException(String message) {
    super(message);
  }

  public ScenarioException(String message, Throwable cause) {
    super(message, cause);
  }
}
