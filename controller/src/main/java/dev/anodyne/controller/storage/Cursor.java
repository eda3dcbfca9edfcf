package dev.anodyne.controller.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: behind this row. Clients get it as one word, which means nothing to them.
 *
 * @param micros the row's time
 * @param key tells it from others of the same time
 */
record Cursor(long micros, String key) {
  String word() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException when a word is none of ours
   */
  static @Nullable Cursor of(@Nullable String word) {
    if (word == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return new Cursor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "cursor is '" + word + "'; allowed: the next of the page before.", e);
    }
  }
}
