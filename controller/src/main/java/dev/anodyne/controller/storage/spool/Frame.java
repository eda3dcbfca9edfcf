package dev.anodyne.controller.storage.spool;

/**
 * A part of what waits. The array is not copied: do not change it.
 *
 * @param payload opaque
 * @param expendable how many entries in it may give way when there is no room
 * @param lasting how many may not before all others have
 */
@SuppressWarnings("ArrayRecordComponent")
public record Frame(byte[] payload, int expendable, int lasting) {
  /** How many entries it has. */
  public int entries() {
    return expendable + lasting;
  }
}
