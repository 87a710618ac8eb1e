package io.deungdae.collector.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The tables of one level of the history: the one that rows come into, and one for each class of
 * tags that is kept longer, into which their rows are moved when a day of the first is deleted. All
 * have the same columns. The applier's thread adds tables; anybody may ask.
 */
final class Shelf {

  private final Database database;
  private final String base;
  private final UnaryOperator<String> create;
  private final List<String> tables = new CopyOnWriteArrayList<>();

  /**
   * Finds the tables that are there.
   *
   * @param base name of the table that rows come into
   * @param create the statement that makes a table of a name
   */
  Shelf(Database database, String base, UnaryOperator<String> create) {
    this.database = database;
    this.base = base;
    this.create = create;
    tables.add(base);
    database.tableNames().stream().filter(name -> name.startsWith(base + "_")).forEach(tables::add);
  }

  /** The table that rows come into. */
  String base() {
    return base;
  }

  /** All tables, that one first. */
  List<String> tables() {
    return tables;
  }

  /** The table of a class, made when there is none. */
  String of(String keepClass) {
    String name = base + "_" + keepClass;
    database.execute(create.apply(name));
    if (!tables.contains(name)) {
      tables.add(name);
    }
    return name;
  }

  /** The class that a table other than the first is of. */
  String classOf(String table) {
    return table.substring(base.length() + 1);
  }
}
