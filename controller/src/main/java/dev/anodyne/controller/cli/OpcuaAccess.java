package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.client.ServerOffer;
import dev.anodyne.opcua.client.ToolException;
import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.inspect.AddressSpace;
import dev.anodyne.opcua.inspect.RejectedCertificates;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a tool logs in to a server: as a station's controller would. */
final class OpcuaAccess {
  /**
   * A station's controller calls itself so; with another name its certificate would be replaced.
   */
  private static final ApplicationIdentity IDENTITY =
      ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");

  @Parameters(paramLabel = "URL", description = "The server, such as opc.tcp://charger:4840.")
  private String url = "";

  @Mixin private OpcuaSecurityOptions options = new OpcuaSecurityOptions();

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      description = "Folder of certificates, the station's own. Default: pki/controller.")
  private Path pki = Path.of("pki/controller");

  /** The address that was given. */
  String url() {
    return url;
  }

  /**
   * Connects, reads and leaves.
   *
   * @throws ToolException when the server cannot be looked at
   */
  AddressSpace look(AddressSpace.Extent extent) throws InterruptedException {
    ClientSecurity security = options.security(url);
    requireOwnFolder();
    OpcUaChargerConfig config =
        InputException.checking(
            "URL",
            () -> OpcUaChargerConfig.of(url, IDENTITY, pki, security, TagMapping.bench("CH01")));
    try (PkiDirectory folder = PkiDirectory.open(pki, IDENTITY)) {
      ServerOffer offer = ToolSession.offer(config);
      try (ToolSession session = ToolSession.open(config, folder, offer)) {
        return AddressSpace.read(session, extent);
      }
    } catch (PkiException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What went wrong, and whom to trust where that is the reason. */
  void tell(Terminal terminal, ToolException failure) {
    terminal.note("anodyne: " + failure.getMessage());
    try {
      boolean refused = !RejectedCertificates.rejected(pki).isEmpty();
      if (refused && String.valueOf(failure.getMessage()).contains("trusted")) {
        terminal.note("'anodyne opcua trust --pki " + pki + "' lists what was refused here.");
      }
    } catch (IOException e) {
      return; // the failure itself has been told
    }
  }

  /** Another application's folder would lose its certificate: one is made for each identity. */
  private void requireOwnFolder() {
    Path own = pki.resolve("own/certs/own.der");
    if (!Files.isRegularFile(own)) {
      return;
    }
    X509Certificate certificate =
        InputException.checking(
            "--pki",
            () -> {
              try {
                return CertificateUtil.decodeCertificate(Files.readAllBytes(own));
              } catch (UaException e) {
                throw new InputException("--pki: " + own + " is no certificate.", e);
              }
            });
    String uri = CertificateUtil.getSanUri(certificate).orElse("");
    if (!uri.equals(IDENTITY.uri())) {
      throw new InputException(
          "--pki: '"
              + pki
              + "' belongs to "
              + uri
              + "; allowed: a folder of "
              + IDENTITY.uri()
              + ", or a new one.");
    }
  }
}
