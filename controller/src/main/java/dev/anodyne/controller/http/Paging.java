package dev.anodyne.controller.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Pages of lists. Cursors are opaque to clients. */
final class Paging {
  private static final int USUAL = 100;

  private Paging() {}

  /** How many items somebody wants. */
  static int limit(Asked asked) {
    return asked.whole("limit", USUAL);
  }

  /** Where a page of a list in memory begins. */
  static int offset(Asked asked) {
    String cursor = decoded(asked);
    try {
      int offset = cursor == null ? 0 : Integer.parseInt(cursor);
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException e) {
      // a cursor of another list
    }
    throw wrong();
  }

  /** The cursor of the page that begins there. */
  static String cursor(int offset) {
    return encoded(String.valueOf(offset));
  }

  /** A cursor of the storage, as clients see it; null for none. */
  static @Nullable String shown(@Nullable String cursor) {
    return cursor == null ? null : encoded(cursor);
  }

  /** The cursor of the storage that a client has sent back; null for none. */
  static @Nullable String decoded(Asked asked) {
    String cursor = asked.maybe("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  /** What a client has made up, or taken from another list. */
  static RefusedException wrong() {
    return RefusedException.invalid(
        "query.cursor", "is none of this list; allowed: next of the page before.");
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
