package app.heyblue.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** What is dangerous with input is done in known places or not at all. */
class DangerousCallsTest {
  private static final JavaClasses HOUSE = CompiledHouse.CLASSES;

  @Test
  void onlyTheEmbeddedDatabaseStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.heyblue.postgres.embedded..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .check(HOUSE);
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(HOUSE);
    noClasses().should().callMethod(Runtime.class, "exec", String[].class).check(HOUSE);
  }

  @Test
  void nothingRunsTextAsCode() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.script..", "javax.tools..")
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .check(HOUSE);
  }

  @Test
  void nothingLooksUpNamesOrReadsObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.naming..", "java.rmi..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(HOUSE);
  }

  @Test
  void nothingReadsXml() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.xml..", "org.xml..", "org.w3c.dom..", "com.fasterxml.jackson.dataformat.xml..")
        .check(HOUSE);
  }

  @Test
  void nothingGoesPastTheMemoryModel() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..", "jdk.internal..", "sun..")
        .check(HOUSE);
  }
}
