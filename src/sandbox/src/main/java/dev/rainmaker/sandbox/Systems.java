package dev.rainmaker.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.hubspot.HubSpotSandbox;
import dev.rainmaker.sandbox.moodle.MoodleSandbox;
import dev.rainmaker.sandbox.salesforce.SalesforceSandbox;
import java.util.ArrayDeque;
import java.util.Deque;

/** The systems that run, what to say of them, and how to end them all. */
final class Systems implements AutoCloseable {

    private final ObjectNode line = new ObjectMapper().createObjectNode();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    SalesforceSandbox add(SalesforceSandbox org) {
        running.push(org);
        line.putObject("salesforce")
                .put("url", org.url())
                .put("clientId", org.clientId())
                .put("clientSecret", org.clientSecret());
        return org;
    }

    HubSpotSandbox add(HubSpotSandbox portal) {
        running.push(portal);
        line.putObject("hubspot")
                .put("url", portal.url())
                .put("portalId", portal.identity().portalId())
                .put("accessToken", portal.identity().accessToken())
                .put("appId", portal.identity().appId())
                .put("clientId", portal.identity().clientId())
                .put("clientSecret", portal.identity().clientSecret())
                .put("refreshToken", portal.identity().refreshToken());
        return portal;
    }

    MoodleSandbox add(MoodleSandbox site) {
        running.push(site);
        line.putObject("moodle")
                .put("url", site.url())
                .put("token", site.token())
                .put("username", site.username())
                .put("password", site.password());
        return site;
    }

    /** Something to end before the systems do. */
    void closeFirst(AutoCloseable other) {
        running.push(other);
    }

    /** One line of JSON, by which whoever started this knows that it is ready. */
    void say() {
        System.out.println(line);
        System.out.flush();
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
