package dev.anodyne.controller.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads bodies up to a size. Whatever a Content-Type says, nothing is decoded: forms and uploads
 * are none of this API's.
 */
final class BodyReader {
  private BodyReader() {}

  /** Reads a body; fails with 413 when it is larger. Call it before anything else is awaited. */
  static Future<Buffer> read(HttpServerRequest request, int mostBytes) {
    Promise<Buffer> done = Promise.promise();
    if (announced(request) > mostBytes) {
      done.fail(tooLarge(mostBytes));
      return done.future();
    }
    Buffer read = Buffer.buffer();
    request.handler(
        chunk -> {
          if (done.future().isComplete()) {
            return;
          }
          if (read.length() + chunk.length() > mostBytes) {
            done.fail(tooLarge(mostBytes));
          } else {
            read.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(done::tryFail);
    request.endHandler(unused -> done.tryComplete(read));
    return done.future();
  }

  private static RefusedException tooLarge(int mostBytes) {
    return RefusedException.of(
        413, "Body too large", "The body is larger than " + mostBytes + " bytes.");
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
