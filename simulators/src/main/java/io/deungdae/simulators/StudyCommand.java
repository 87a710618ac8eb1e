package io.deungdae.simulators;

import io.deungdae.simulators.furnace.FurnaceStudy;
import io.deungdae.simulators.melting.MeltingStudy;
import io.deungdae.simulators.plating.PlatingStudy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the tables of a plant's documentation and draws its pictures. Takes minutes. */
@Command(
    name = "study",
    description = "Searches optimum and remedies of a plant, prints the tables of its document.")
final class StudyCommand implements Callable<Integer> {

  private enum Subject {
    FURNACE,
    PLATING,
    MELTING
  }

  @Parameters(
      arity = "0..1",
      defaultValue = "FURNACE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Subject subject = Subject.FURNACE;

  @Option(names = "--pictures", description = "Draw its pictures into this folder, nothing else.")
  private @Nullable Path pictures;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (pictures == null) {
      print(out);
      return 0;
    }
    switch (subject) {
      case FURNACE -> out.println("no pictures of the furnace");
      case PLATING -> PlatingStudy.draw(pictures);
      case MELTING -> MeltingStudy.draw(pictures);
    }
    return 0;
  }

  private void print(PrintWriter out) {
    switch (subject) {
      case FURNACE -> FurnaceStudy.print(out);
      case PLATING -> PlatingStudy.print(out);
      case MELTING -> MeltingStudy.print(out);
    }
  }
}
