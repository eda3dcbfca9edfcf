package dev.anodyne.estimators.training;

/**
 * A data set that cannot be used: damaged, made for something else, or in use. The message is one
 * line that names the file and what is wrong, mostly followed by a line that starts with "Maybe".
 */
public final class DataSetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  DataSetException(String message) {
    super(message);
  }

  DataSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
