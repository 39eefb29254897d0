package org.gapexplorer.explorer.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class AllowedMethodsTest {
    /** What the answers themselves say: a method is named where asking with it is not refused so. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/concepts", "/concepts/0", "/api/v1/concepts", "/v", "/concepts.csv", "/footprint"})
    void aMethodThatIsNotTakenIsToldWhichAre(String path) {
        Set<String> taken = new TreeSet<>();
        Set<String> told = new HashSet<>();
        for (Method method : Method.values()) {
            if (method == Method.TRACE) continue;
            Response answer = given().redirects().follow(false).request(method, path);
            if (answer.statusCode() == 405) told.add(answer.header("Allow"));
            else taken.add(method.name());
        }
        assertThat(told).hasSize(1);
        assertThat(told.iterator().next().split(", ?")).containsExactlyInAnyOrderElementsOf(taken);
    }
}
