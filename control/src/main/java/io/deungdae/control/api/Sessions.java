package io.deungdae.control.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is logged in with a browser. In memory: a restart logs everybody out. Bounded. Thread-safe.
 */
public final class Sessions {

  private static final int MOST = 500;

  private final long idleNs;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** Sessions that end after being idle for so long. */
  public Sessions(Duration idle) {
    this.idleNs = idle.toNanos();
  }

  private record Session(Identity identity, long lastNs) {}

  /** Begins a session and returns its id, 256 random bits. */
  public String begin(Identity identity, long nowNs) {
    byte[] raw = new byte[32];
    random.nextBytes(raw);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    lock.lock();
    try {
      sessions.put(id, new Session(identity, nowNs));
      if (sessions.size() > MOST) {
        sessions.remove(sessions.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    return id;
  }

  /** Whose session it is; using it keeps it alive. */
  public Optional<Identity> find(String id, long nowNs) {
    lock.lock();
    try {
      Session session = sessions.get(id);
      if (session == null) {
        return Optional.empty();
      }
      if (nowNs - session.lastNs() > idleNs) {
        sessions.remove(id);
        return Optional.empty();
      }
      sessions.put(id, new Session(session.identity(), nowNs));
      return Optional.of(session.identity());
    } finally {
      lock.unlock();
    }
  }

  /** Ends a session. */
  public void end(String id) {
    lock.lock();
    try {
      sessions.remove(id);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all sessions of a user, as after a change of password. */
  public void endAll(String user) {
    lock.lock();
    try {
      sessions.values().removeIf(session -> session.identity().name().equals(user));
    } finally {
      lock.unlock();
    }
  }
}
