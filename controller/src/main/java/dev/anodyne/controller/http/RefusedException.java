package dev.anodyne.controller.http;

import java.util.List;

/** Why a request is not carried out: becomes a problem of RFC 9457. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient List<Wrong> wrongs;
  private final long retryAfterSeconds;

  /**
   * Something in a request that does not follow the document.
   *
   * @param where such as {@code body.targetSoc}
   * @param message what it is and what is allowed
   */
  record Wrong(String where, String message) {}

  private RefusedException(
      int status, String title, String detail, List<Wrong> wrongs, long retryAfterSeconds) {
    // Nobody looks at where it was thrown, and there may be thousands a second.
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.wrongs = List.copyOf(wrongs);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** With a sentence for a person. */
  static RefusedException of(int status, String title, String detail) {
    return new RefusedException(status, title, detail, List.of(), 0);
  }

  /** What the document does not allow. */
  static RefusedException invalid(List<Wrong> wrongs) {
    Wrong first = wrongs.get(0);
    String more = wrongs.size() == 1 ? "" : " And " + (wrongs.size() - 1) + " more.";
    return new RefusedException(
        400, "Invalid request", first.where() + ": " + first.message() + more, wrongs, 0);
  }

  /** One thing that the document does not allow. */
  static RefusedException invalid(String where, String message) {
    return invalid(List.of(new Wrong(where, message)));
  }

  /** Too many at once. */
  static RefusedException later(String detail, long seconds) {
    return new RefusedException(429, "Too many requests", detail, List.of(), Math.max(1, seconds));
  }

  /** There is no such thing here. */
  static RefusedException notFound(String detail) {
    return of(404, "Not found", detail);
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  List<Wrong> wrongs() {
    return wrongs;
  }

  /** When to ask again, s; 0 says nothing. */
  long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
