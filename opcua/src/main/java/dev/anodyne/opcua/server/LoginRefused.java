package dev.anodyne.opcua.server;

import org.eclipse.milo.opcua.stack.core.UaException;

/** A log-in that was refused and has been noted. */
final class LoginRefused extends UaException {
  private static final long serialVersionUID = 1L;

  LoginRefused(long status) {
    super(status);
  }
}
