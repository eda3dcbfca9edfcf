package dev.anodyne.controller.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sees when a file says something new: when its text differs from the one that was seen last and
 * has stayed the same from one look to the next, so that a file that is being written is not read
 * half.
 */
final class FileWatch implements Runnable {
  private final Path file;
  private final Runnable changed;
  private String seen;
  private String before;

  FileWatch(Path file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    seen = text("");
    before = seen;
  }

  /** Looks once. */
  @Override
  public void run() {
    String now = text(seen);
    boolean settled = now.equals(before);
    before = now;
    if (settled && !now.equals(seen)) {
      seen = now;
      changed.run();
    }
  }

  /** A file that is gone for a moment is looked at again the next time. */
  private String text(String otherwise) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
