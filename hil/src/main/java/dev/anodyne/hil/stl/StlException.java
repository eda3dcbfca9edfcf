package dev.anodyne.hil.stl;

/**
 * A formula cannot be read, or does not fit the channels. The message is one line that names what
 * was found and what is allowed, optionally followed by a line that starts with "Maybe".
 */
public final class StlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  /** With the place in the text, counted from 1; 0 when it is about the whole. */
  public StlException(int column, String message) {
    super(column > 0 ? "column " + column + ": " + message : message);
    this.column = column;
  }

  /** Place in the text, counted from 1; 0 when it is about the whole. */
  public int column() {
    return column;
  }
}
