package dev.anodyne.opcua.server;

/** A server cannot listen where it should. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int port;

  /**
   * Says which port.
   *
   * @param bindAddress address that was to be listened on
   * @param port TCP port
   * @param cause what the system said
   */
  public PortInUseException(String bindAddress, int port, Throwable cause) {
    super(
        "Port "
            + port
            + " on "
            + bindAddress
            + " cannot be listened on ("
            + cause.getMessage()
            + "); a free port is needed.\nMaybe another bench or server uses it: stop that one, or"
            + " choose another port.",
        cause);
    this.port = port;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }
}
