package io.deungdae.collector.store;

import io.questdb.cairo.CairoEngine;
import io.questdb.griffin.FunctionFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The database's functions.
 *
 * <p>The database itself loads every class in the folders of its functions, some three thousand,
 * which take ten megabytes for ever. Here only what makes a function is loaded, the rest when a
 * query has it.
 */
final class Functions {

  private static final String HOME = "io.questdb.griffin.engine.functions.";
  private static final String SUFFIX = "Factory.class";

  /** Their order, which says who is asked first among those that could take the arguments. */
  private static final String ORDER = "function_list.txt";

  private static final int LONGEST = 10_000;

  private Functions() {}

  /**
   * Makes them.
   *
   * @throws UncheckedIOException when the database's own file cannot be read
   */
  static List<FunctionFactory> all() {
    List<FunctionFactory> made = new ArrayList<>();
    try (JarFile jar = new JarFile(jar().toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (isWanted(entry.getName())) {
          add(entry.getName(), made);
        }
      }
      Map<String, Integer> order = order();
      made.sort(Comparator.comparingInt(factory -> place(factory, order)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException("the database's functions cannot be loaded", e);
    }
    return made;
  }

  /** As the database puts them: those that are not listed behind, long signatures first. */
  private static int place(FunctionFactory factory, Map<String, Integer> order) {
    int behind = order.size() + LONGEST - factory.getSignature().length();
    return order.getOrDefault(factory.getClass().getName(), behind);
  }

  private static Path jar() throws URISyntaxException {
    return Path.of(CairoEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static boolean isWanted(String file) {
    String name = file.replace('/', '.');
    return name.startsWith(HOME) && name.endsWith(SUFFIX) && name.indexOf('$') < 0;
  }

  private static void add(String file, List<FunctionFactory> into)
      throws ReflectiveOperationException {
    Class<?> type =
        Class.forName(
            file.substring(0, file.length() - ".class".length()).replace('/', '.'),
            false,
            CairoEngine.class.getClassLoader());
    if (!FunctionFactory.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
      return;
    }
    for (Constructor<?> made : type.getConstructors()) {
      if (made.getParameterCount() == 0) { // the others are made of another function
        into.add((FunctionFactory) made.newInstance());
      }
    }
  }

  private static Map<String, Integer> order() throws IOException {
    Map<String, Integer> order = new HashMap<>();
    try (InputStream in = CairoEngine.class.getClassLoader().getResourceAsStream(ORDER)) {
      if (in == null) {
        throw new IOException("there is no " + ORDER);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
          .forEach(line -> order.put(line, order.size()));
    }
    return order;
  }
}
