package io.deungdae.analytics.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Loads the library and sets it up for a machine it shares with a control loop.
 *
 * <p>Properties given on the command line win; those set here are defaults that must stand before
 * the first class of the library is loaded.
 */
final class Nd4jRuntime {

  private static final String ABOUT =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private Nd4jRuntime() {}

  /** Loads the library, or finds it loaded; sets how many native threads it may use. */
  static void prepare(int threads) {
    setIfAbsent("org.nd4j.log.initialization", "false");
    setIfAbsent("org.nd4j.versioncheck", "false");
    setIfAbsent("org.bytedeco.javacpp.maxbytes", "256m");
    // The check behind it counts the whole process, mapped history files included, and answers a
    // high count with a series of System.gc() calls.
    setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0");
    Nd4j.getMemoryManager().togglePeriodicGc(false); // it would stop the control loop every 5 s
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }

  private static void setIfAbsent(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /** The library's version, as its own archive states it. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream from = MultiLayerNetwork.class.getResourceAsStream(ABOUT)) {
      if (from != null) {
        properties.load(from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + ABOUT, e);
    }
    return properties.getProperty("version", "unknown");
  }
}
