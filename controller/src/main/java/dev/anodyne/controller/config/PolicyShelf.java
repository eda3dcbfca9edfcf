package dev.anodyne.controller.config;

import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.PolicyIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policies that a station offers, as texts that a person can read, check and write. Every call
 * but {@link #names} reads or writes files: never call it on an event loop.
 */
public final class PolicyShelf {
  /** One writes at a time: of two who replace the same text the second is refused. */
  private static final Object WRITING = new Object();

  /** What errors of a text call it. */
  private static final Path SHOWN = Path.of("policy.yaml");

  private static final Pattern PLACED = Pattern.compile("policy\\.yaml(?::(\\d+))?: (.*)");
  private static final Pattern VALUE =
      Pattern.compile("(\\S+) (?:is '(.*)'|is missing); allowed: (.*?)\\.?");
  private static final Pattern UNKNOWN =
      Pattern.compile("(\\S+) is not a known key; allowed: (.*?)\\.?");

  private final Map<String, String> offered;

  /**
   * Of what is offered.
   *
   * @param offered names, and the name or file that each stands for
   */
  public PolicyShelf(Map<String, String> offered) {
    this.offered = offered;
  }

  /**
   * A policy that is offered.
   *
   * @param name as it is offered
   * @param isFile whether it can be written
   * @param source the name or file that it stands for
   * @param decidesAs what records of a charge call it
   * @param version its author's own; null without
   * @param digest equal digests, equal policies; null when its file cannot be read
   */
  public record Entry(
      String name,
      boolean isFile,
      String source,
      String decidesAs,
      @Nullable String version,
      @Nullable String digest) {}

  /** A policy with its text. */
  public record Read(Entry entry, String text) {}

  /**
   * What is wrong with a text; null for what is not known.
   *
   * @param line from 1
   * @param message the whole of it, for people
   */
  public record Error(
      @Nullable Integer line,
      @Nullable String key,
      @Nullable String value,
      @Nullable String allowed,
      String message,
      @Nullable String hint) {}

  /**
   * What there is to say about a text.
   *
   * @param error the first thing that is wrong; null: it is in order
   * @param diff against what is there now
   */
  public record Verdict(@Nullable Error error, List<Line> diff) {
    /**
     * A line.
     *
     * @param kind a space for one that stays, + for one that comes, − for one that goes
     */
    public record Line(String kind, String text) {}
  }

  /** What became of a text that was to be written. */
  public sealed interface Outcome {}

  /** It is there. */
  public record Written(String digest, String textDigest) implements Outcome {}

  /** The file says something else than what was to be replaced. */
  public record Changed() implements Outcome {}

  /** There are as many as there may be. */
  public record Full() implements Outcome {}

  /** The policy is part of the software. */
  public record NotAFile() implements Outcome {}

  /** The text is not in order. */
  public record Invalid(Error error) implements Outcome {}

  /** The names that are offered, in order. */
  public Set<String> names() {
    return offered.keySet();
  }

  /** All of them. */
  public List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    offered.forEach((name, source) -> all.add(entry(name, source)));
    return all;
  }

  /**
   * One with its text.
   *
   * @throws IOException when its file cannot be read
   */
  public Read read(String name) throws IOException {
    String source = source(name);
    Entry entry = entry(name, source);
    return new Read(
        entry,
        entry.isFile()
            ? Files.readString(Path.of(source))
            : PolicyFileWriter.text(PolicyFile.of(source, Path.of("")).spec(), Map.of()));
  }

  /**
   * Checks a text.
   *
   * @param name whose text it is to replace; null, or one that is not offered: nobody's
   */
  public Verdict check(@Nullable String name, String text) throws IOException {
    boolean isNew = name == null || !offered.containsKey(name);
    String before = name == null || isNew ? "" : read(name).text();
    Error error = error(text);
    if (error == null && isNew && name != null) {
      error = nameError(name, text);
    }
    return new Verdict(error, TextDiff.of(before, text));
  }

  /**
   * Writes a policy's file in one step: whoever reads it sees the old text or the new one.
   *
   * @param replaces digest of the text that it was made from; null does not care
   * @param isMade whether it was made over the API, and its text must keep its name
   */
  public Outcome write(String name, String text, @Nullable String replaces, boolean isMade)
      throws IOException {
    String source = source(name);
    if (!entry(name, source).isFile()) {
      return new NotAFile();
    }
    Error error = error(text);
    error = error == null && isMade ? nameError(name, text) : error;
    if (error != null) {
      return new Invalid(error);
    }
    Path file = Path.of(source);
    synchronized (WRITING) {
      boolean same =
          replaces == null
              || (Files.exists(file) && digest(Files.readString(file)).equals(replaces));
      if (!same) {
        return new Changed();
      }
      replace(file, text);
    }
    return written(text);
  }

  /**
   * Writes the file of a policy that is not offered yet.
   *
   * @param folder where it goes; made unless it is there
   */
  public static Outcome create(String name, String text, PolicyFolder folder) throws IOException {
    Error error = error(text);
    error = error == null ? nameError(name, text) : error;
    if (error != null) {
      return new Invalid(error);
    }
    synchronized (WRITING) {
      if (folder.list().size() >= PolicyFolder.MOST) {
        return new Full();
      } else if (Files.exists(folder.file(name))) {
        return new Changed();
      }
      folder.make();
      replace(folder.file(name), text);
    }
    return written(text);
  }

  /** Takes a file away. */
  public static void delete(Path file) throws IOException {
    synchronized (WRITING) {
      Files.deleteIfExists(file);
    }
  }

  private static Written written(String text) {
    return new Written(PolicyFileReader.parse(SHOWN, text).identity().digest(), digest(text));
  }

  /** Records of charges call a policy by the name in its text: it must be that of its file. */
  private static @Nullable Error nameError(String name, String text) {
    String says = PolicyFileReader.parse(Path.of(name + ".yaml"), text).identity().name();
    if (says.equals(name)) {
      return null;
    }
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith("name:")) {
      at++;
    }
    return new Error(
        at < lines.size() ? at + 1 : null,
        "name",
        says,
        name,
        "name is '" + says + "'; allowed: '" + name + "', or no name.",
        null);
  }

  /** A digest of a text. */
  public static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path made = Files.createTempFile(folder, ".policy", ".part");
    try {
      Files.writeString(made, text, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
      try {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /** The name or file that an offered policy stands for. */
  public String source(String name) {
    String source = offered.get(name);
    if (source == null) {
      throw new IllegalArgumentException("There is no policy '" + name + "'.");
    }
    return source;
  }

  private static Entry entry(String name, String source) {
    boolean isFile = source.endsWith(".yaml") || source.endsWith(".yml");
    try {
      PolicyIdentity identity = PolicyFile.of(source, Path.of("")).identity();
      String version = identity.version().isEmpty() ? null : identity.version();
      return new Entry(name, isFile, source, identity.name(), version, identity.digest());
    } catch (ConfigException | IllegalArgumentException e) {
      // Its file is gone or not in order at the moment: it can be mended by writing it.
      return new Entry(name, isFile, source, name, null, null);
    }
  }

  /** The first thing that is wrong with a text; null when it is in order. */
  private static @Nullable Error error(String text) {
    try {
      Policies.checkForBattery(PolicyFileReader.parse(SHOWN, text).spec().policy());
      return null;
    } catch (ConfigException | IllegalArgumentException e) {
      return parsed(String.valueOf(e.getMessage()));
    }
  }

  /** {@code policy.yaml:3: limits.maxCRate is '9'; allowed: …} in its parts. */
  private static Error parsed(String message) {
    String[] lines = message.split("\n", 2);
    String hint = lines.length > 1 ? lines[1].replace('\n', ' ') : null;
    Matcher placed = PLACED.matcher(lines[0]);
    if (!placed.matches()) {
      return new Error(null, null, null, null, lines[0], hint);
    }
    Integer line = placed.group(1) == null ? null : Integer.valueOf(placed.group(1));
    String rest = placed.group(2);
    Matcher value = VALUE.matcher(rest);
    Matcher unknown = UNKNOWN.matcher(rest);
    if (value.matches()) {
      return new Error(line, value.group(1), value.group(2), value.group(3), rest, hint);
    } else if (unknown.matches()) {
      return new Error(line, unknown.group(1), null, unknown.group(2), rest, hint);
    }
    return new Error(line, null, null, null, rest, hint);
  }
}
