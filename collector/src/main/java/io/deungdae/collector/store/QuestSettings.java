package io.deungdae.collector.store;

import io.questdb.DefaultTelemetryConfiguration;
import io.questdb.TelemetryConfiguration;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.log.LogFactory;
import java.lang.reflect.Field;
import java.nio.file.Path;

/** The embedded database, set up for a small machine: synced commits, small buffers, silent. */
final class QuestSettings extends DefaultCairoConfiguration {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final int TASKS = 32; // a power of two

  private static final TelemetryConfiguration NO_TELEMETRY =
      new DefaultTelemetryConfiguration() {
        @Override
        public boolean getEnabled() {
          return false;
        }
      };

  QuestSettings(Path folder) {
    super(folder.toString());
  }

  /**
   * Installs a log factory without writers. The database would otherwise print to the standard
   * streams from its first class on; it has no public way to be told not to.
   */
  static void silence() {
    LogFactory.disableGuaranteedLogging();
    LogFactory silent = new LogFactory();
    silent.bind();
    try {
      Field instance = LogFactory.class.getDeclaredField("INSTANCE");
      instance.setAccessible(true);
      if (instance.get(null) == null) {
        instance.set(null, silent);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the database's log cannot be silenced", e);
    }
  }

  /** The statement that the database gives for a table leaves the usual out, and means this. */
  @Override
  public boolean getWalEnabledDefault() {
    return true;
  }

  @Override
  public int getCommitMode() {
    return CommitMode.SYNC;
  }

  @Override
  public TelemetryConfiguration getTelemetryConfiguration() {
    return NO_TELEMETRY;
  }

  @Override
  public long getDataAppendPageSize() {
    return MIB;
  }

  @Override
  public long getSystemDataAppendPageSize() {
    return 64 * KIB;
  }

  @Override
  public long getWalDataAppendPageSize() {
    return 256 * KIB;
  }

  @Override
  public long getWalEventAppendPageSize() {
    return 64 * KIB;
  }

  @Override
  public int getO3ColumnMemorySize() {
    return 256 * KIB;
  }

  @Override
  public int getSystemO3ColumnMemorySize() {
    return 64 * KIB;
  }

  /**
   * Rows that come a little late, or have the same time as the last ones, are merged into the end
   * of a day; what lies before the merge is split off from here on, else it would be copied each
   * time.
   */
  @Override
  public long getPartitionO3SplitMinSize() {
    return 2 * MIB;
  }

  /** A block of transactions at a time, so that the applier has its say between two. */
  @Override
  public long getWalApplyTableTimeQuota() {
    return 0;
  }

  @Override
  public long getWalPurgeInterval() {
    return 10_000;
  }

  // ---- The compiler of queries. Its pools are filled when it is made, for pages of SQL; ours are
  // lines, and the pools grow by themselves. Together the defaults hold 80 MB.

  @Override
  public int getSqlModelPoolCapacity() {
    return 32;
  }

  @Override
  public int getSqlLexerPoolCapacity() {
    return 128;
  }

  @Override
  public int getViewLexerPoolCapacity() {
    return 16;
  }

  @Override
  public int getSqlExpressionPoolCapacity() {
    return 256;
  }

  @Override
  public int getSqlColumnPoolCapacity() {
    return 128;
  }

  @Override
  public int getSqlCompilerPoolCapacity() {
    return 4;
  }

  @Override
  public int getSqlJoinContextPoolCapacity() {
    return 8;
  }

  @Override
  public int getWithClauseModelPoolCapacity() {
    return 8;
  }

  @Override
  public int getCompileViewModelPoolCapacity() {
    return 1;
  }

  @Override
  public int getWindowColumnPoolCapacity() {
    return 8;
  }

  // ---- What columns are merged with. A writer that finds a queue full does the work itself, and
  // here nobody else does it anyway.

  @Override
  public int getO3PartitionQueueCapacity() {
    return TASKS;
  }

  @Override
  public int getO3OpenColumnQueueCapacity() {
    return TASKS;
  }

  @Override
  public int getO3CopyQueueCapacity() {
    return TASKS;
  }

  @Override
  public int getO3CallbackQueueCapacity() {
    return TASKS;
  }
}
