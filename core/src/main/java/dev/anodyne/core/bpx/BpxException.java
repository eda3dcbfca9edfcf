package dev.anodyne.core.bpx;

/** A BPX file that cannot be used: one line with file, path, value and what is allowed. */
public final class BpxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes the complaint; a second line that starts with "Maybe" may follow the first. */
  public BpxException(String message) {
    super(message);
  }
}
