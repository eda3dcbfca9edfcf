package dev.anodyne.controller.lab;

import java.util.concurrent.Callable;

/**
 * Something a person gave cannot be used: a value, a file, a name. The message is one line that
 * names the object, its value and what is allowed, optionally followed by a line that starts with
 * "Maybe". Never a bug: shown without a stack trace.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Runs something whose {@link IllegalArgumentException} means bad input rather than a bug, such
   * as loading a cell by name.
   *
   * @param what the option or file that the value came from, e.g. {@code --cell}
   * @throws InputException when the input is refused; {@code what} leads the message
   */
  public static <T> T checking(String what, Callable<T> action) {
    try {
      return action.call();
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException | java.io.IOException | java.io.UncheckedIOException e) {
      throw new InputException(what + ": " + plain(e), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String plain(Throwable e) {
    String message = e.getMessage();
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such file: " + message + ".";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "not readable: " + message + ".";
    }
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
