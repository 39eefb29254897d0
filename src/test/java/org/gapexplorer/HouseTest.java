package org.gapexplorer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of the house (docs/decisions.md): a room imports only rooms on floors below, and each library has its room. */
class HouseTest {
    private static final String ROOT = "org.gapexplorer";

    /** Rooms by floor, lowest first. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("study"),
            List.of("model", "source", "method", "run", "wordnet", "catalog"),
            List.of("lens"),
            List.of("extract", "score", "label", "train", "suite", "snapshot"),
            List.of("explorer", "pipeline", "image"),
            List.of("cli"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A library and the rooms that may use it. */
    private record Owner(String library, String... rooms) {}

    private static final List<Owner> OWNERS = List.of(
            new Owner("ai.onnxruntime..", "model"),
            new Owner("ai.onnx.proto..", "model"),
            new Owner("org.tribuo..", "model"),
            new Owner("ai.djl.huggingface..", "model"),
            new Owner("ai.djl..", "model", "train"),
            new Owner("org.duckdb..", "run"),
            new Owner("java.sql..", "run", "catalog"),
            new Owner("com.sun.jna..", "run"),
            new Owner("org.apache.lucene..", "snapshot"),
            new Owner("org.hibernate..", "catalog"),
            new Owner("jakarta.persistence..", "catalog"),
            new Owner("io.zonky..", "catalog"),
            new Owner("jakarta.ws.rs..", "explorer"),
            new Owner("io.quarkus.qute..", "explorer"),
            new Owner("io.micrometer..", "explorer"),
            new Owner("io.opentelemetry..", "explorer"),
            new Owner("picocli..", "cli"),
            new Owner("com.google.cloud.tools.jib..", "image"),
            new Owner("net.sf.extjwnl..", "wordnet"),
            new Owner("dev.langchain4j..", "label"),
            new Owner("org.apache.commons.compress..", "catalog", "score"),
            new Owner("software.amazon.awssdk..", "snapshot"),
            new Owner("java.net.http..", "source"));

    @Test
    void everyClassLivesInAKnownRoom() {
        List<String> rooms = FLOORS.stream().flatMap(List::stream).toList();
        List<String> strangers = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> rooms.stream().noneMatch(r -> inRoom(p, r)))
                .distinct()
                .toList();
        assertThat(strangers).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyRoomsOnFloorsBelow() {
        var tests = new ArrayList<DynamicTest>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                String[] forbidden = others(floor, room);
                if (forbidden.length > 0) {
                    tests.add(DynamicTest.dynamicTest(
                            room,
                            () -> noClasses()
                                    .that(resideInAPackage(room(room)))
                                    .should()
                                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                                    .allowEmptyShould(true)
                                    .check(CLASSES)));
                }
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsUsedInItsRoomOnly() {
        return OWNERS.stream()
                .map(owner -> DynamicTest.dynamicTest(owner.library, () -> {
                    String[] rooms = Stream.of(owner.rooms).map(HouseTest::room).toArray(String[]::new);
                    noClasses()
                            .that(DescribedPredicate.not(resideInAnyPackage(rooms)))
                            .should()
                            .dependOnClassesThat(resideInAPackage(owner.library))
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }));
    }

    @Test
    void theMathematicsKnowsNoFilesAndNoNetwork() {
        classes()
                .that(resideInAPackage(room("method")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        room("method"), "java.lang..", "java.util..", "org.apache.commons.statistics.."))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static String[] others(int floor, String room) {
        return FLOORS.subList(floor, FLOORS.size()).stream()
                .flatMap(List::stream)
                .filter(r -> !r.equals(room))
                .map(HouseTest::room)
                .toArray(String[]::new);
    }

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }

    private static boolean inRoom(String packageName, String room) {
        return packageName.equals(ROOT + "." + room) || packageName.startsWith(ROOT + "." + room + ".");
    }
}
