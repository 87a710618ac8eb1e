package io.deungdae.control.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Setpoint;

/** The rules of the house: who may know whom, and what only one room may do. */
@AnalyzeClasses(packages = "io.deungdae", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

  @ArchTest
  static final ArchRule dependenciesRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("collector")
          .definedBy("io.deungdae.collector..")
          .layer("analytics")
          .definedBy("io.deungdae.analytics..")
          .layer("kamp")
          .definedBy("io.deungdae.kamp..")
          .layer("control")
          .definedBy("io.deungdae.control..")
          .layer("simulators")
          .definedBy("io.deungdae.simulators..")
          .whereLayer("control")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("analytics")
          .mayOnlyBeAccessedByLayers("control")
          .whereLayer("kamp")
          .mayOnlyBeAccessedByLayers("control")
          .whereLayer("collector")
          .mayOnlyBeAccessedByLayers("control", "analytics", "kamp")
          .whereLayer("simulators")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.deungdae.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule signalUsesTheJdkAlone =
      noClasses()
          .that()
          .resideInAPackage("io.deungdae.collector.signal")
          .should()
          .dependOnClassesThat(
              not(resideInAnyPackage("java..", "io.deungdae.collector.signal", "org.jspecify..")));

  @ArchTest
  static final ArchRule protocolLibrariesStayInTheirDrivers =
      noClasses()
          .that(
              resideInAnyPackage(
                      "io.deungdae.collector..",
                      "io.deungdae.control..",
                      "io.deungdae.analytics..",
                      "io.deungdae.kamp..")
                  .and(not(resideInAPackage("io.deungdae.collector.driver.*"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.eclipse.milo..", "com.ghgande..", "com.fazecast..", "org.eclipse.paho..");

  @ArchTest
  static final ArchRule nettyIsTheDriversInTheCollector =
      noClasses()
          .that(
              resideInAPackage("io.deungdae.collector..")
                  .and(not(resideInAPackage("io.deungdae.collector.driver.*"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..");

  @ArchTest
  static final ArchRule dl4jStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.deungdae.analytics.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..");

  @ArchTest
  static final ArchRule onlyTheClockAsksTheMachineForTheTime =
      noClasses()
          .that(
              resideInAnyPackage(
                  "io.deungdae.collector..",
                  "io.deungdae.control..",
                  "io.deungdae.analytics..",
                  "io.deungdae.kamp.."))
          .and()
          .doNotHaveFullyQualifiedName("io.deungdae.collector.signal.SystemClock")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule nothingPrints =
      noClasses()
          .that(
              resideInAnyPackage(
                  "io.deungdae.collector..", "io.deungdae.analytics..", "io.deungdae.kamp.."))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule onlyTheLoopPutsIntoAnOutbox =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.deungdae.control.loop..", "io.deungdae.bench..")
          .should()
          .callMethod(Outbox.class, "put", Setpoint.class);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .that(not(JavaClass.Predicates.ANONYMOUS_CLASSES).and(resideInAPackage("io.deungdae..")))
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Processor")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .orShould()
          .haveSimpleNameStartingWith("Base");
}
