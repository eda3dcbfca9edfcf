package dev.anodyne.controller.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Serves the dashboard's files. The page itself is asked for each time (304 while it is the same);
 * what lies below its version's folder is kept for ever. Lives on one event loop.
 */
final class WebPages {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK = "no-cache";

  private final Future<WebFiles> files;

  /** The files are read on a worker; whoever asks earlier waits. */
  WebPages(WorkerExecutor workers) {
    files = workers.executeBlocking(WebFiles::load, false);
  }

  void into(Router router) {
    router.get("/*").handler(request -> files.onSuccess(all -> answer(all, request)));
  }

  private static void answer(WebFiles all, RoutingContext request) {
    String path = request.normalizedPath();
    boolean isPage = path.equals("/") || path.equals("/index.html");
    String own = WebFiles.FOLDER + all.version();
    boolean isVersioned = path.startsWith(own + "/");
    WebFiles.File file = isPage ? all.page() : all.file(unversioned(path));
    if (file == null) {
      request.next();
      return;
    }
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.CACHE_CONTROL, isVersioned ? FOR_EVER : ASK)
            .putHeader(HttpHeaders.ETAG, file.tag())
            .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (isKnown(request.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.tag())) {
      var unused = response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    byte[] bytes = file.plain();
    if (takesGzip(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      bytes = file.packed();
    }
    var unused = response.end(Buffer.buffer(bytes));
  }

  /**
   * A page of another version, such as one behind a balancer in front of several nodes, gets the
   * file that there is, and is not to keep it.
   */
  private static String unversioned(String path) {
    if (!path.startsWith(WebFiles.FOLDER)) {
      return path;
    }
    int end = path.indexOf('/', WebFiles.FOLDER.length());
    return end < 0 ? path : path.substring(end);
  }

  /** Proxies that pack an answer make its tag a weak one. */
  private static boolean isKnown(@Nullable String tags, String tag) {
    return tags != null
        && List.of(tags.split(",")).stream()
            .map(one -> one.strip().replaceFirst("^W/", ""))
            .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }

  private static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String one : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = one.strip().split(";");
      boolean isRefused = parts.length > 1 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      if (parts[0].strip().equals("gzip") && !isRefused) {
        return true;
      }
    }
    return false;
  }
}
