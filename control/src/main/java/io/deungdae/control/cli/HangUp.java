package io.deungdae.control.cli;

import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which service managers and people let a program read its settings again. Windows has
 * none; there nothing comes of it.
 */
final class HangUp {

  private HangUp() {}

  /**
   * Does the work each time the signal comes, on a thread of its own, from now on.
   *
   * <p>By reflection, because javac warns of this interface and the warning cannot be turned off.
   */
  static void each(Runnable work) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  work.run();
                }
                return null;
              });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, ours);
    } catch (ReflectiveOperationException e) {
      return; // this machine has no such signal
    }
  }
}
