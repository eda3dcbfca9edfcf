package dev.anodyne.hil.bench;

import dev.anodyne.opcua.security.PasswordHash;
import java.nio.file.Path;

/**
 * The bench's server and clock.
 *
 * @param bindAddress address to listen on; {@code 127.0.0.1} keeps the bench on this machine,
 *     {@code 0.0.0.0} opens it to all networks, where clients then use the machine's host name
 * @param port TCP port; 0 takes a free one
 * @param chargerId first part of the charger's node ids
 * @param userName who may log in
 * @param password the password's hash
 * @param pkiDirectory folder of the bench's certificate and of the clients it trusts
 * @param pacing how time runs
 * @param model whose charger it looks like
 * @param security how it may be connected to, and who else may log in
 */
public record BenchSettings(
    String bindAddress,
    int port,
    String chargerId,
    String userName,
    PasswordHash password,
    Path pkiDirectory,
    Pacing pacing,
    BenchModel model,
    BenchSecurity security) {
  /** The charger's id unless configured otherwise. */
  public static final String DEFAULT_CHARGER_ID = "CH01";

  public BenchSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "Bench port " + port + " is not possible; it must be 1 to 65535, or 0 for a free one.");
    }
    if (model != BenchModel.ANODYNE && !pacing.isByClock()) {
      throw new IllegalArgumentException(
          "Model "
              + model.title()
              + " has no lock-step clock; pacing must be realtime or accelerated.");
    }
    if (!security.channels().isAllowedOn(bindAddress)) {
      throw new IllegalArgumentException(
          "Security policy None on "
              + bindAddress
              + ", which other machines can reach, is not possible; it must be a loopback address.\n"
              + "Maybe allowNoneBeyondLoopback: true is meant.");
    }
    if (!chargerId.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "Charger id '" + chargerId + "' is not possible; letters, digits, _ and - are.");
    }
  }

  /** With the usual security. */
  public BenchSettings(
      String bindAddress,
      int port,
      String chargerId,
      String userName,
      PasswordHash password,
      Path pkiDirectory,
      Pacing pacing,
      BenchModel model) {
    this(
        bindAddress,
        port,
        chargerId,
        userName,
        password,
        pkiDirectory,
        pacing,
        model,
        BenchSecurity.DEFAULT);
  }

  /** A bench with the project's own address space. */
  public BenchSettings(
      String bindAddress,
      int port,
      String chargerId,
      String userName,
      PasswordHash password,
      Path pkiDirectory,
      Pacing pacing) {
    this(
        bindAddress, port, chargerId, userName, password, pkiDirectory, pacing, BenchModel.ANODYNE);
  }

  /** The same bench, looking like another charger. */
  public BenchSettings withModel(BenchModel newModel) {
    return new BenchSettings(
        bindAddress, port, chargerId, userName, password, pkiDirectory, pacing, newModel, security);
  }

  /** The same bench with other security. */
  public BenchSettings withSecurity(BenchSecurity newSecurity) {
    return new BenchSettings(
        bindAddress, port, chargerId, userName, password, pkiDirectory, pacing, model, newSecurity);
  }

  /** A bench on this machine. */
  public static BenchSettings onLoopback(
      int port, String userName, String password, Path pkiDirectory, Pacing pacing) {
    return new BenchSettings(
        "127.0.0.1",
        port,
        DEFAULT_CHARGER_ID,
        userName,
        PasswordHash.ofTextOrHash(password),
        pkiDirectory,
        pacing);
  }
}
