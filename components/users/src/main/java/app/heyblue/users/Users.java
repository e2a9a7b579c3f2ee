package app.heyblue.users;

import app.heyblue.kernel.UserId;
import java.util.Optional;

/** Who the parties are, for other rooms. */
public interface Users {
  /** The party's profile, once the stream has told of it. */
  Optional<Profile> find(UserId party);
}
