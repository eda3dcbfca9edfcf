package dev.anodyne.controller.http;

import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.station.StationDesk;
import dev.anodyne.controller.station.StationNotices;
import dev.anodyne.controller.station.StationNotices.Notice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, over TLS when that is configured. A certificate that has changed on disk counts for new
 * connections within half a minute; one that cannot be used leaves the old one in place.
 */
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final long LOOK_MILLIS = 30_000;

  /** Streams show every few seconds that they are alive; whoever is silent longer has gone. */
  private static final int IDLE_SECONDS = 120;

  private static final int MOST_CONNECTIONS = 2_000;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final HttpServer server;
  private int connections;
  private @Nullable Buffer seen;
  private @Nullable String trouble;
  private @Nullable StationDesk desk;

  Listener(Vertx vertx, HttpSettings settings, Router router) {
    this.vertx = vertx;
    this.settings = settings;
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.bind())
            .setPort(settings.port())
            .setCompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(4096)
            .setMaxHeaderSize(8192)
            .setMaxWebSocketFrameSize(4096)
            .setMaxWebSocketMessageSize(4096);
    ApiConfig.Tls tls = settings.api().tls();
    if (tls != null) {
      options.setSsl(true).setUseAlpn(true).setKeyCertOptions(pem(tls));
    }
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .connectionHandler(this::opened)
            .invalidRequestHandler(Listener::invalid);
  }

  Future<HttpServer> listen() {
    ApiConfig.Tls tls = settings.api().tls();
    if (tls != null) {
      look(tls);
      vertx.setPeriodic(LOOK_MILLIS, unused -> look(tls));
    }
    return server.listen();
  }

  /** What is beyond the limit is closed at once: those who are there are not disturbed. */
  private void opened(HttpConnection connection) {
    if (connections >= MOST_CONNECTIONS) {
      var unused = connection.close();
      return;
    }
    connections++;
    connection.closeHandler(unused -> connections--);
  }

  int port() {
    return server.actualPort();
  }

  Future<Void> close() {
    return server.close();
  }

  /** Tells operators from now on when the certificate cannot be used. */
  void notices(StationDesk next) {
    desk = next;
  }

  private void look(ApiConfig.Tls tls) {
    vertx
        .executeBlocking(() -> bytes(tls), false)
        .compose(
            bytes -> {
              Buffer before = seen;
              seen = bytes;
              if (before == null || Objects.equals(before, bytes)) {
                return Future.succeededFuture(trouble == null);
              }
              return server
                  .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(pem(tls)))
                  .onSuccess(unused -> LOG.info("The certificate of the API has been renewed."));
            })
        .onComplete(
            done -> {
              trouble =
                  done.succeeded()
                      ? null
                      : "The web certificate on disk cannot be used: "
                          + done.cause().getMessage()
                          + ".";
              if (trouble != null) {
                LOG.error("{} The one before stays.", trouble);
              }
              StationDesk told = desk;
              StationNotices notices = told == null ? null : told.notices();
              if (notices != null) {
                notices.say(Notice.TLS_CERTIFICATE, trouble);
              }
            });
  }

  private static Buffer bytes(ApiConfig.Tls tls) throws IOException {
    return Buffer.buffer(Files.readAllBytes(tls.certificate()))
        .appendBytes(Files.readAllBytes(tls.key()));
  }

  private static PemKeyCertOptions pem(ApiConfig.Tls tls) {
    return new PemKeyCertOptions()
        .setCertPath(tls.certificate().toString())
        .setKeyPath(tls.key().toString());
  }

  /** What is no HTTP at all, or too long, gets a problem too. */
  private static void invalid(HttpServerRequest request) {
    Problem.reply(
            RefusedException.of(
                400,
                "Bad request",
                "This is no request of HTTP, or its line or headers are too long."))
        .with("Connection", "close")
        .write(request.response());
  }
}
