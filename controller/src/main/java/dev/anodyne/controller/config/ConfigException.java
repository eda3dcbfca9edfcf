package dev.anodyne.controller.config;

import org.jspecify.annotations.Nullable;

/**
 * A configuration file cannot be used. The message is for people: file, line, key, value, what is
 * allowed, and a second line that starts with "Maybe" where something can be guessed.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
