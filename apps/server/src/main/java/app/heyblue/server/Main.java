package app.heyblue.server;

import app.heyblue.server.cli.AdminsCommand;
import app.heyblue.server.cli.AuditCommand;
import app.heyblue.server.cli.CatalogsCommand;
import app.heyblue.server.cli.KeysCommand;
import app.heyblue.server.cli.LedgerCommand;
import app.heyblue.server.cli.SimulateCommand;
import app.heyblue.server.doctor.DoctorCommand;
import app.heyblue.server.tour.TourCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code run} starts the server, the other commands talk to it or to a file. */
@QuarkusMain
@Command(
    name = "heyblue",
    description = "Friendly encounters become points, and points become help.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TourCommand.class,
      SimulateCommand.class,
      CatalogsCommand.class,
      LedgerCommand.class,
      AdminsCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Optional<RunCommand> plain = RunCommand.plain(args);
    System.exit(plain.isPresent() ? run(plain.get()) : program().execute(args));
  }

  /** Without the parser of commands, which needs longer to get ready than PostgreSQL. */
  private static int run(RunCommand command) {
    try {
      return command.call();
    } catch (RuntimeException failure) {
      return told(failure, program());
    }
  }

  private static CommandLine program() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, command));
  }

  private static int told(Throwable failure, CommandLine command) {
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof CommandFailure)) {
      reason = reason.getCause();
    }
    command.getErr().println(command.getColorScheme().errorText(sentence(reason)));
    return 1;
  }

  private static String sentence(Throwable reason) {
    return reason instanceof CommandFailure || reason.getMessage() == null
        ? String.valueOf(reason.getMessage())
        : reason.getClass().getSimpleName() + ": " + reason.getMessage();
  }
}
