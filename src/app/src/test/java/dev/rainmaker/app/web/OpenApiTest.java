package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

class OpenApiTest {

    @TempDir
    Path folder;

    /** In both directions: what the code maps is described, what is described is served. */
    @Test
    void descriptionAndRoutesAgree() throws Exception {
        try (SmallCompany company = new SmallCompany(folder, false)) {
            String viewer = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC())
                    .create("reader", Role.VIEWER, Optional.empty(), "test")
                    .secret();
            JsonNode document = new ObjectMapper()
                    .readTree(get(company, "/api/openapi.json", viewer).body());
            Set<String> described = new TreeSet<>();
            document.get("paths")
                    .fields()
                    .forEachRemaining(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(
                                    verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));

            assertThat(described).isEqualTo(mapped()).contains("POST /api/policies/assignment/publish");
            List<String> absent = new ArrayList<>();
            for (String route : described) {
                String path = route.substring(route.indexOf(' ') + 1);
                if (route.startsWith("GET ")
                        && !path.contains("{")
                        && get(company, path, viewer).statusCode() == 404) {
                    absent.add(route);
                }
            }
            assertThat(absent).isEmpty();
            assertThat(document.at("/components/schemas/PolicyApiPublication/properties")
                            .has("expected"))
                    .isTrue();
            for (JsonNode reference : document.findValues("$ref")) {
                assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                        .as(reference.asText())
                        .isFalse();
            }
        }
    }

    private static HttpResponse<String> get(SmallCompany company, String path, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + path.substring(1)))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** What the annotations of our classes say, read without Spring's mapping. */
    private static Set<String> mapped() {
        Set<String> routes = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.rainmaker.app").stream()
                        .filter(type -> type.isAnnotatedWith(RestController.class))
                        .forEach(type -> add(type.reflect(), routes));
        return routes;
    }

    private static void add(Class<?> type, Set<String> routes) {
        RequestMapping above = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
        String prefix = above == null || above.path().length == 0 ? "" : above.path()[0];
        for (Method method : type.getDeclaredMethods()) {
            RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (mapping != null && (prefix + String.join("", mapping.path())).startsWith("/api/")) {
                for (String path : mapping.path().length == 0 ? new String[] {""} : mapping.path()) {
                    routes.add(mapping.method()[0] + " " + prefix + path);
                }
            }
        }
    }
}
