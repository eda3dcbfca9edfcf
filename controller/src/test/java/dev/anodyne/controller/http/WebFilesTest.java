package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The page asks for all that it needs at once, and each of it can be kept for ever. */
class WebFilesTest {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:(?:import|export)\\b[^;'\"=(]*\\bfrom|import)\\s*['\"]([^'\"]+)");
  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"/v/\\w+(/[^\"]+)\">");
  private static final WebFiles FILES = WebFiles.load();

  @Test
  void preloadsExactlyTheModulesThatAreImported() {
    Set<String> preloaded = new TreeSet<>();
    Matcher links = PRELOAD.matcher(text(FILES.page()));
    while (links.find()) {
      assertThat(preloaded.add(links.group(1))).as("once: %s", links.group(1)).isTrue();
    }
    Set<String> imported = imported("/main.js");
    assertThat(imported).hasSizeGreaterThan(25).contains("/views/site.js", "/lib/uPlot.esm.js");
    assertThat(preloaded).isEqualTo(imported);
  }

  @Test
  void namesAllFilesUnderTheirVersion() {
    String page = text(FILES.page());
    assertThat(page).contains("<script type=\"module\" src=\"/v/" + FILES.version() + "/main.js\"");
    assertThat(page).doesNotContain("href=\"/app.css\"", "src=\"/main.js\"");
    assertThat(FILES.files()).containsKeys("/app.css", "/theme.js", "/favicon.svg", "/main.js");
  }

  @Test
  void packsWhatItSends() throws Exception {
    long plain = 0;
    long packed = 0;
    for (WebFiles.File file : FILES.files().values()) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file.packed()))) {
        assertThat(in.readAllBytes()).isEqualTo(file.plain());
      }
      plain += file.plain().length;
      packed += file.packed().length;
    }
    assertThat(packed).isLessThan(plain / 2);
  }

  /** What a module needs, and what that needs; relative, since the version stands in the path. */
  private static Set<String> imported(String first) {
    Set<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(first));
    while (!open.isEmpty()) {
      String path = open.pop();
      assertThat(FILES.file(path)).as("the page names %s", path).isNotNull();
      if (path.startsWith("/lib/")) {
        continue;
      }
      Matcher imports = IMPORT.matcher(text(FILES.file(path)));
      while (imports.find()) {
        String target = imports.group(1);
        assertThat(target).as("import of %s", path).startsWith(".");
        String resolved = URI.create(path).resolve(target).toString();
        if (found.add(resolved)) {
          open.push(resolved);
        }
      }
    }
    return found;
  }

  private static String text(WebFiles.File file) {
    return new String(file.plain(), StandardCharsets.UTF_8);
  }
}
