package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerAwayTest {

    @TempDir
    Path folder;

    @Test
    void whileTheLedgerIsAwayAnEventIsNotAcceptedAndTheSenderIsToldToComeBack() throws Exception {
        try (SmallCompany company = new SmallCompany(folder, false)) {
            String token = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC())
                    .create("flow", Role.OPERATOR, Optional.empty(), "test")
                    .secret();
            HttpRequest event = HttpRequest.newBuilder(URI.create(company.web.url() + "api/intake/crm/Lead"))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"" + SmallCompany.LEAD + "\"}"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(event, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);

            company.rainmaker.ledger().close();
            HttpResponse<String> answer = client.send(event, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(answer.body()).contains("\"status\":503");
        }
    }
}
