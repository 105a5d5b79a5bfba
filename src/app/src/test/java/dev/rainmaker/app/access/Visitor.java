package dev.rainmaker.app.access;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/** A browser or program that calls the application over HTTP, with its own cookies. */
final class Visitor {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String base;

    Visitor(ApplicationContext application) {
        this.base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    }

    HttpResponse<String> call(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, HttpRequest.BodyPublishers.ofString(""));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> withToken(String method, String path, String token) throws Exception {
        return call(method, path, "Authorization", "Bearer " + token);
    }

    HttpResponse<String> submit(String path, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> logIn(String user, String password) throws Exception {
        return submit("/login", Map.of("username", user, "password", password, "_csrf", csrfOf("/login")));
    }

    String csrfOf(String page) throws Exception {
        Matcher field = CSRF.matcher(call("GET", page).body());
        if (!field.find()) {
            throw new AssertionError("no CSRF field on " + page);
        }
        return field.group(1);
    }
}
