package dev.anodyne.opcua.server.station;

/**
 * The answer to a command.
 *
 * @param result what became of it
 * @param message the same as a sentence, for a person
 */
public record CommandAnswer(CommandResult result, String message) {
  /** It is carried out. */
  public static CommandAnswer accepted(String message) {
    return new CommandAnswer(CommandResult.ACCEPTED, message);
  }

  /** True when all is now as wanted. */
  public boolean isDone() {
    return result == CommandResult.ACCEPTED || result == CommandResult.NOTHING_TO_DO;
  }
}
