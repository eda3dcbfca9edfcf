package dev.anodyne.opcua.server.station;

import java.util.concurrent.CompletionStage;

/** Carries out what clients ask for. The server knows nothing of how. */
public interface StationCommands {
  /**
   * Carries out a command whose values have been checked and whose user may give it. Must not
   * block.
   *
   * @param command what is asked for
   * @param user who asks, for the log
   * @return the answer; when it fails or takes longer than five seconds the client is told so
   */
  CompletionStage<CommandAnswer> execute(StationCommand command, String user);
}
