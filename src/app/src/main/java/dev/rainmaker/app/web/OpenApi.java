package dev.rainmaker.app.web;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Describes the REST interface (OpenAPI 3.1), made from the routes that are served: it cannot lag behind them. */
@RestController
class OpenApi {

    private final ObjectProvider<RequestMappingHandlerMapping> routes;
    private @Nullable Map<String, Object> document;

    OpenApi(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.routes = routes;
    }

    @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized Map<String, Object> document() {
        Map<String, Object> made = document;
        if (made == null) {
            made = describe();
            document = made;
        }
        return made;
    }

    private Map<String, Object> describe() {
        OpenApiSchemas schemas = new OpenApiSchemas();
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        routes.getObject().getHandlerMethods().forEach((info, method) -> {
            if (AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class)) {
                info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> verbs(info)
                                .forEach(verb -> paths.computeIfAbsent(path, name -> new TreeMap<>())
                                        .put(verb, operation(method, schemas))));
            }
        });
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("openapi", "3.1.0");
        root.put(
                "info",
                Map.of(
                        "title", "Rainmaker",
                        "version", "1",
                        "description",
                                "Faults are problem details (RFC 9457). Lists come in pages: send `next` as `after`."));
        root.put("security", List.of(Map.of("bearer", List.of())));
        root.put("paths", paths);
        root.put(
                "components",
                Map.of(
                        "securitySchemes", Map.of("bearer", Map.of("type", "http", "scheme", "bearer")),
                        "schemas", schemas.named()));
        return root;
    }

    private static List<String> verbs(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Map<String, Object> operation(HandlerMethod method, OpenApiSchemas schemas) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put(
                "operationId",
                method.getBeanType().getSimpleName() + "." + method.getMethod().getName());
        operation.put("tags", List.of(method.getBeanType().getSimpleName()));
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Parameter each : method.getMethod().getParameters()) {
            parameter(each, schemas, parameters);
            if (each.isAnnotationPresent(RequestBody.class)) {
                operation.put(
                        "requestBody", Map.of("required", true, "content", content("application/json", schemas, each)));
            }
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("description", "done");
        answer.put(
                "content",
                Map.of(
                        "application/json",
                        Map.of("schema", schemas.of(method.getMethod().getGenericReturnType()))));
        operation.put(
                "responses",
                Map.of(
                        "2XX",
                        answer,
                        "default",
                        Map.of(
                                "description",
                                "refused or failed: what, and what to do",
                                "content",
                                Map.of("application/problem+json", Map.of("schema", OpenApiSchemas.PROBLEM)))));
        return operation;
    }

    private static Map<String, Object> content(String type, OpenApiSchemas schemas, Parameter body) {
        return Map.of(type, Map.of("schema", schemas.of(body.getParameterizedType())));
    }

    private static void parameter(Parameter each, OpenApiSchemas schemas, List<Map<String, Object>> parameters) {
        PathVariable path = each.getAnnotation(PathVariable.class);
        RequestParam query = each.getAnnotation(RequestParam.class);
        RequestHeader header = each.getAnnotation(RequestHeader.class);
        if (path != null) {
            parameters.add(named(first(path.value(), path.name(), each), "path", true, each, schemas));
        } else if (query != null) {
            boolean needed = query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            parameters.add(named(first(query.value(), query.name(), each), "query", needed, each, schemas));
        } else if (header != null && !java.util.Map.class.isAssignableFrom(each.getType())) {
            boolean needed = header.required() && header.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            parameters.add(named(first(header.value(), header.name(), each), "header", needed, each, schemas));
        }
    }

    private static Map<String, Object> named(
            String name, String in, boolean required, Parameter each, OpenApiSchemas schemas) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        parameter.put("schema", schemas.of(each.getParameterizedType()));
        return parameter;
    }

    private static String first(String value, String name, Parameter each) {
        return !value.isEmpty() ? value : !name.isEmpty() ? name : each.getName();
    }
}
