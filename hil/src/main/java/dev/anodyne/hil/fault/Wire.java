package dev.anodyne.hil.fault;

import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.Set;

/** What can go wrong between the charger's values and whoever reads them over OPC UA. */
public interface Wire {
  /**
   * Gives tags a quality, or their sensors' own back.
   *
   * @param quality {@link Quality#GOOD} for their sensors' own
   */
  void setQuality(Set<ChargerTag> tags, Quality quality);

  /** Lets the source timestamps stand still while the values move, or lets them move again. */
  void setTimestampsFrozen(boolean frozen);

  /** Lets values and heartbeat stand still, or move again. */
  void setValuesFrozen(boolean frozen);

  /** Keeps connections, answers nothing; or goes on answering. */
  void setStalled(boolean stalled);

  /**
   * Cuts all connections.
   *
   * @param refuseSeconds how long nobody gets in, s of the wall clock
   */
  void dropSessions(double refuseSeconds);

  /** Ends the server as if its process had died, or starts it again. */
  void setServerUp(boolean up);

  /** Takes set-points and forgets them, or follows them again. */
  void setWritesIgnored(boolean ignored);

  /** Lets set-points count later, s of the plant's time; 0 at once. */
  void setWriteDelay(double seconds);
}
