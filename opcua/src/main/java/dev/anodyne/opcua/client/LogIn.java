package dev.anodyne.opcua.client;

import dev.anodyne.opcua.security.UserCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;

/**
 * Who logs in to a charger's server, apart from the application, which always shows its own
 * certificate.
 */
public sealed interface LogIn {
  /** Nobody in particular; what the server lets nobody do, it does not do. */
  LogIn ANONYMOUS = new Anonymous();

  /** How OPC UA calls this kind. */
  UserTokenType tokenType();

  /** Who it is, in one word. */
  String name();

  /** What a log-in that was refused is called, without a full stop. */
  String refusal();

  /** What this kind is called in a message. */
  default String kind() {
    return kindOf(tokenType());
  }

  /**
   * A user name and its password.
   *
   * @param userName not blank
   * @param password as typed
   */
  record Password(String userName, String password) implements LogIn {
    public Password {
      if (userName.isBlank()) {
        throw new IllegalArgumentException("User name is empty; it must be one of the charger's.");
      }
    }

    @Override
    public UserTokenType tokenType() {
      return UserTokenType.UserName;
    }

    @Override
    public String name() {
      return userName;
    }

    @Override
    public String refusal() {
      return "user name or password refused";
    }

    /** Hides the password. */
    @Override
    public String toString() {
      return "user '" + userName + "'";
    }
  }

  /**
   * A certificate of a user. The files are read at every connection, so that a renewed one counts
   * from the next one on.
   *
   * @param certificateFile X.509, DER or PEM
   * @param keyFile its RSA key, PEM without a password
   */
  record Certificate(Path certificateFile, Path keyFile) implements LogIn {
    /**
     * What lies in the files now.
     *
     * @throws dev.anodyne.opcua.security.PkiException when they cannot be read or do not belong
     *     together
     */
    public UserCertificate read() {
      return UserCertificate.read(certificateFile, keyFile);
    }

    @Override
    public UserTokenType tokenType() {
      return UserTokenType.Certificate;
    }

    @Override
    public String name() {
      return String.valueOf(certificateFile.getFileName());
    }

    @Override
    public String refusal() {
      return "the user's certificate " + name() + " was refused";
    }

    @Override
    public String toString() {
      return "user certificate " + name();
    }
  }

  /** Without a name. */
  record Anonymous() implements LogIn {
    @Override
    public UserTokenType tokenType() {
      return UserTokenType.Anonymous;
    }

    @Override
    public String name() {
      return "anonymous";
    }

    @Override
    public String refusal() {
      return "the server lets nobody in without a log-in";
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** The kinds as messages call them. */
  static String kindsOf(List<UserTokenType> types) {
    return types.isEmpty()
        ? "nobody"
        : String.join(", ", types.stream().distinct().map(LogIn::kindOf).toList());
  }

  private static String kindOf(UserTokenType type) {
    return switch (type) {
      case UserName -> "user name";
      case Certificate -> "user certificate";
      case Anonymous -> "anonymous";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }
}
