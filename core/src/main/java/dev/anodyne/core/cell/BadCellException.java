package dev.anodyne.core.cell;

/** A cell that cannot be loaded: one line that says what is wrong, then what is allowed. */
public final class BadCellException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes the complaint. */
  public BadCellException(String message) {
    super(message);
  }
}
