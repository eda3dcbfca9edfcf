package dev.anodyne.controller.storage;

/** A newer release has written the database: this one must not touch it. */
public final class NewerSchemaException extends StorageException {
  private static final long serialVersionUID = 1L;

  NewerSchemaException(String database, int found, int known) {
    super(
        "Database "
            + database
            + " has schema "
            + found
            + "; this release knows schemas up to "
            + known
            + ".\nMaybe start the newer release that wrote it, or name another storage.file.",
        null);
  }
}
