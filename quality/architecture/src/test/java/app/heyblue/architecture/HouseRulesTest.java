package app.heyblue.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Habits of the house that a machine can keep. */
class HouseRulesTest {
  private static final JavaClasses HOUSE = CompiledHouse.CLASSES;

  @Test
  void timeComesFromTheClock() {
    ArchRuleDefinition.noClasses().should().callMethod(Instant.class, "now").check(HOUSE);
  }

  @Test
  void idsComeFromTheGenerator() {
    ArchRuleDefinition.noClasses().should().callMethod(UUID.class, "randomUUID").check(HOUSE);
  }

  @Test
  void clocksAreInjected() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName("app.heyblue.kernel.KernelBeans")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .check(HOUSE);
  }

  /**
   * One constraint has the framework examine every setting there is, its own too, at each start.
   */
  @Test
  void settingsAreCheckedByWhomTheyAreFor() {
    ArchRuleDefinition.noMethods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith("io.smallrye.config.ConfigMapping")
        .should()
        .beMetaAnnotatedWith("jakarta.validation.Constraint")
        .check(HOUSE);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    try (var files = Files.walk(Repository.root())) {
      List<Path> silent =
          files
              .filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !saysWhatItIsFor(folder.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  private static boolean saysWhatItIsFor(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.contains("/**") && text.contains("@NullMarked");
    } catch (IOException e) {
      return false;
    }
  }
}
