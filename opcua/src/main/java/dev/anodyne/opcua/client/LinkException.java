package dev.anodyne.opcua.client;

/** A charger cannot be reached or used; the message says why in words. */
final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  LinkException(String message) {
    super(message);
  }

  LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
