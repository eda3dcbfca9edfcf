package dev.anodyne.controller.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's files, read and packed once. The page names all of them, under a folder that
 * changes whenever one of them does: so browsers may keep them for ever, and after an upgrade no
 * page mixes two versions. No step of a build is needed for it.
 */
final class WebFiles {
  /** Where the files of a version lie: {@code /v/VERSION/main.js}. */
  static final String FOLDER = "/v/";

  private static final String ROOT = "web";
  private static final String LIBRARY = "/lib/";
  private static final Pattern NAMED = Pattern.compile("(href|src)=\"(/[\\w./-]+\\.\\w+)\"");
  private static final int VERSION_LETTERS = 16;

  private final String version;
  private final File page;
  private final Map<String, File> files;

  /**
   * A file as it is sent.
   *
   * @param type of its content
   * @param plain its bytes
   * @param packed the same by gzip
   * @param tag names this content (ETag)
   */
  record File(String type, byte[] plain, byte[] packed, String tag) {
    @Override
    public String toString() {
      return type + " " + tag;
    }
  }

  private WebFiles(String version, File page, Map<String, File> files) {
    this.version = version;
    this.page = page;
    this.files = files;
  }

  /** Reads and packs them; takes some tens of milliseconds. */
  static WebFiles load() {
    String html = new String(bytes("/index.html"), StandardCharsets.UTF_8);
    MessageDigest all = sha256();
    all.update(html.getBytes(StandardCharsets.UTF_8));
    Map<String, File> files = new LinkedHashMap<>();
    Matcher named = NAMED.matcher(html);
    while (named.find()) {
      String path = named.group(2);
      byte[] bytes = bytes(path);
      all.update(bytes);
      files.computeIfAbsent(path, unused -> file(path, bytes));
    }
    String version = HexFormat.of().formatHex(all.digest()).substring(0, VERSION_LETTERS);
    String versioned = NAMED.matcher(html).replaceAll("$1=\"" + FOLDER + version + "$2\"");
    File page = file("/index.html", versioned.getBytes(StandardCharsets.UTF_8));
    return new WebFiles(version, page, files);
  }

  /** Changes with any of the files. */
  String version() {
    return version;
  }

  /** The page itself. */
  File page() {
    return page;
  }

  /**
   * A file of the page.
   *
   * @param path such as {@code /main.js}
   */
  @Nullable File file(String path) {
    return files.get(path);
  }

  /** All files that the page names, by their path. */
  Map<String, File> files() {
    return files;
  }

  private static File file(String path, byte[] bytes) {
    String digest = HexFormat.of().formatHex(sha256().digest(bytes)).substring(0, VERSION_LETTERS);
    return new File(type(path), bytes, packed(bytes), "\"" + digest + "\"");
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("What is " + path + "?");
    };
  }

  private static byte[] bytes(String path) {
    String resource =
        path.startsWith(LIBRARY)
            ? UPlot.path() + "/" + path.substring(LIBRARY.length())
            : ROOT + path;
    try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The page's " + path + " is not on the class path.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
