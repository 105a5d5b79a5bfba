package org.apache.camel.component.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.component.hubspot.HubspotException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HubspotLoginTest {

    private static final String TOKEN = "/oauth/2026-09/token";
    private static final String LIST = "hubspot:objects/list?objectType=contacts";

    private final Hub hub = new Hub();

    @BeforeEach
    void asAnAppWithOauth() {
        HubspotConfiguration configuration = hub.component.getConfiguration();
        configuration.setAccessToken(null);
        configuration.setClientId("client");
        configuration.setClientSecret("s3cret");
        configuration.setRefreshToken("refresh");
        gives("one", 1800);
        hub.stub(get(anyUrl()).willReturn(Hub.json(200, "{\"results\":[]}")));
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    private void gives(String token, int seconds) {
        hub.stub(post(urlEqualTo(TOKEN))
                .willReturn(Hub.json(
                        200,
                        "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":" + seconds
                                + "}")));
    }

    private void usedToken(int times, String token) {
        hub.server.verify(times, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + token)));
    }

    private int renewals() {
        return hub.server.findAll(postRequestedFor(urlEqualTo(TOKEN))).size();
    }

    @Test
    void theRefreshTokenIsExchangedOnce() {
        hub.send(LIST, null);
        hub.send(LIST, null);
        usedToken(2, "one");
        assertThat(renewals()).isEqualTo(1);
        hub.server.verify(postRequestedFor(urlEqualTo(TOKEN))
                .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                .withRequestBody(equalTo(
                        "grant_type=refresh_token&client_id=client&client_secret=s3cret&refresh_token=refresh")));
    }

    @Test
    void aTokenIsRenewedInItsLastMinute() {
        hub.send(LIST, null);
        gives("two", 1800);
        hub.pass(Duration.ofSeconds(1739));
        hub.send(LIST, null);
        usedToken(2, "one");
        hub.pass(Duration.ofSeconds(1));
        hub.send(LIST, null);
        usedToken(1, "two");
    }

    @Test
    void thirtyCallsAtOnceRenewOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(30);
        try {
            List<Callable<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(() -> hub.send(LIST, null));
            }
            for (Future<Exchange> call : pool.invokeAll(calls)) {
                assertThat(call.get().getException()).isNull();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(renewals()).isEqualTo(1);
    }

    @Test
    void after401OneRenewalIsTried() {
        hub.stub(get(anyUrl())
                .withHeader("Authorization", equalTo("Bearer one"))
                .willReturn(Hub.json(401, "{\"category\":\"EXPIRED_AUTHENTICATION\"}")));
        hub.send(LIST, null);
        assertThat(renewals()).isEqualTo(2);
        usedToken(2, "one");
    }

    @Test
    void aRenewedTokenIsTakenAfter401() {
        hub.send(LIST, null);
        gives("two", 1800);
        hub.stub(
                get(anyUrl()).withHeader("Authorization", equalTo("Bearer one")).willReturn(Hub.json(401, "{}")));
        assertThat(hub.send(LIST, null).getException()).isNull();
        usedToken(1, "two");
    }

    @Test
    void aRefusedRefreshTokenIsNotTriedAgain() {
        hub.stub(post(urlEqualTo(TOKEN))
                .willReturn(Hub.json(
                        400, "{\"status\":\"BAD_REFRESH_TOKEN\",\"message\":\"missing or invalid refresh token\"}")));
        HubspotException failed = Hub.failure(hub.send(LIST, null));
        assertThat(failed.getKind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failed).hasMessageContaining("invalid refresh token").hasMessageNotContaining("s3cret");
        assertThat(renewals()).isEqualTo(1);
    }

    private List<String> warnings(Runnable calls) {
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        Logger log = (Logger) LoggerFactory.getLogger(AccessTokens.class);
        log.addAppender(heard);
        calls.run();
        log.detachAppender(heard);
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theSameRefreshTokenGivenBackIsNoNews() {
        hub.stub(post(urlEqualTo(TOKEN))
                .willReturn(
                        Hub.json(200, "{\"access_token\":\"one\",\"refresh_token\":\"refresh\",\"expires_in\":100}")));
        assertThat(warnings(() -> {
                    hub.send(LIST, null);
                    hub.pass(Duration.ofSeconds(100));
                    hub.send(LIST, null);
                }))
                .isEmpty();
        assertThat(renewals()).isEqualTo(2);
    }

    @Test
    void aNewRefreshTokenIsToldOnceAndNotShown() {
        hub.stub(post(urlEqualTo(TOKEN))
                .willReturn(Hub.json(200, "{\"access_token\":\"one\",\"refresh_token\":\"next\",\"expires_in\":100}")));
        assertThat(warnings(() -> {
                    hub.send(LIST, null);
                    hub.pass(Duration.ofSeconds(100));
                    hub.send(LIST, null);
                }))
                .singleElement()
                .asString()
                .contains("HubSpot gave a new refresh token")
                .doesNotContain("next");
    }

    @Test
    void aNewRefreshTokenReplacesTheOldOne() {
        hub.stub(post(urlEqualTo(TOKEN))
                .willReturn(Hub.json(200, "{\"access_token\":\"one\",\"refresh_token\":\"next\",\"expires_in\":100}")));
        hub.send(LIST, null);
        hub.pass(Duration.ofSeconds(100));
        hub.send(LIST, null);
        hub.server.verify(postRequestedFor(urlEqualTo(TOKEN))
                .withRequestBody(
                        equalTo("grant_type=refresh_token&client_id=client&client_secret=s3cret&refresh_token=next")));
    }

    @Test
    void theOlderGenerationHasItsOwnTokenAddress() {
        hub.component.getConfiguration().setApiVersion("v3");
        hub.stub(post(urlEqualTo("/oauth/v1/token"))
                .willReturn(Hub.json(200, "{\"access_token\":\"old\",\"expires_in\":1800}")));
        hub.send(LIST, null);
        usedToken(1, "old");
    }

    @Test
    void contradictionsAreNamedAtTheStart() {
        HubspotConfiguration configuration = new HubspotConfiguration();
        assertThatThrownBy(configuration::check).hasMessageContaining("clientId is missing");
        configuration.setAccessToken("x");
        configuration.check();
        configuration.setRefreshToken("y");
        assertThatThrownBy(configuration::check).hasMessageContaining("not both");
        configuration.setRefreshToken(null);
        configuration.setApiUrl("http://api.hubapi.com");
        assertThatThrownBy(configuration::check).hasMessageContaining("https");
        configuration.setApiUrl("https://api.hubapi.com/crm");
        assertThatThrownBy(configuration::check).hasMessageContaining("scheme, host and port only");
        configuration.setApiUrl("https://api.hubapi.com");
        configuration.setApiVersion("v9");
        assertThatThrownBy(configuration::check).hasMessageContaining("2026-09 or v3");
    }

    @Test
    void noSecretShowsInWhatTheConfigurationSaysOfItself() {
        assertThat(hub.component.getConfiguration().toString())
                .doesNotContain("s3cret")
                .doesNotContain("refresh");
    }
}
