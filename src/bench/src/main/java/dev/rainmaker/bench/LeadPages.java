package dev.rainmaker.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** An HTTP server that answers one query with prepared pages of leads, as an org would: the same bytes for every reader. */
final class LeadPages implements AutoCloseable {

    static final int PAGE = 2_000;

    private final HttpServer server;
    private final List<byte[]> pages = new ArrayList<>();

    LeadPages(int leads, Set<String> fields) throws IOException {
        for (int from = 0; from < leads; from += PAGE) {
            pages.add(page(from, Math.min(leads, from + PAGE), leads));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "pages");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/services/oauth2/token", exchange -> answer(exchange, token()));
        server.createContext("/services/data", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.contains("/describe")) {
                answer(exchange, describe(fields));
            } else {
                int cut = path.lastIndexOf("01gPAGE");
                answer(exchange, pages.get(cut < 0 ? 0 : Integer.parseInt(path.substring(cut + 7))));
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Where the page of that number is. */
    String pagePath(int number) {
        return number == 0 ? "/services/data/v62.0/queryAll" : "/services/data/v62.0/query/01gPAGE" + number;
    }

    int count() {
        return pages.size();
    }

    long bytes() {
        return pages.stream().mapToLong(page -> page.length).sum();
    }

    private byte[] token() {
        return """
        {"access_token":"00D000000000001!bench","instance_url":"%s","id":"%s/id/00D000000000001AAA/005000000000001AAA",\
        "token_type":"Bearer","issued_at":"1700000000000","signature":"x"}""".formatted(url(), url()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] describe(Set<String> fields) {
        StringBuilder json = new StringBuilder("{\"name\":\"Lead\",\"label\":\"Lead\",\"fields\":[");
        for (String field : fields) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"name\":\"")
                    .append(field)
                    .append("\",\"label\":\"x\",\"type\":\"string\",\"updateable\":true,\"custom\":false}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] page(int from, int to, int total) {
        StringBuilder json = new StringBuilder((to - from) * 900);
        json.append("{\"totalSize\":").append(total).append(",\"done\":").append(to == total);
        if (to < total) {
            json.append(",\"nextRecordsUrl\":\"/services/data/v62.0/query/01gPAGE")
                    .append(to / PAGE)
                    .append('"');
        }
        json.append(",\"records\":[");
        for (int i = from; i < to; i++) {
            json.append(i == from ? "" : ",").append(lead(i));
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String lead(int i) {
        String stamp = "2026-03-01T"
                + String.format(Locale.ROOT, "%02d:%02d:%02d.000+0000", i / 3600 % 24, i / 60 % 60, i % 60);
        return String.format(Locale.ROOT, """
                {"attributes":{"type":"Lead","url":"/services/data/v62.0/sobjects/Lead/%1$s"},"Id":"%1$s",\
                "SystemModstamp":"%2$s","IsDeleted":false,"Company":"Company %3$d Ltd","FirstName":"Ada","LastName":"Lovelace %3$d",\
                "Email":"ada%3$d@company%3$d.example","Phone":"+49 30 12345%3$d","Country":"Germany","City":"Berlin","State":null,\
                "Industry":"Manufacturing","AnnualRevenue":1250000.0,"NumberOfEmployees":%4$d,"ProductInterest__c":"Firewall;Switch",\
                "Requested_Partner__c":null,"LeadSource":"Web","Status":"Open - Not Contacted","IsConverted":false,\
                "ConvertedOpportunityId":null,"ConvertedAccountId":null,"PartnerAccountId":null,"OwnerId":"005000000000001AAA",\
                "Owner":{"attributes":{"type":"User"},"IsActive":true},"Rainmaker_Partner__c":null,"Rainmaker_Decision_Id__c":null,\
                "CreatedDate":"%2$s"}""", id(i), stamp, i, 10 + i % 900);
    }

    /** An 18-character id: 15 digits and the checksum of a text without capitals. */
    private static String id(int i) {
        return String.format(Locale.ROOT, "00Q0%011dEAA", i);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Sforce-Limit-Info", "api-usage=1/100000");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
