package dev.rainmaker.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The HTTP server: turns exchanges into requests, and answers into bytes on the wire, whole or broken as scripted. */
public final class HttpFront implements AutoCloseable {

    private static final int LARGEST_BODY = 50_000_000;

    /** An answer and how it is to be delivered. */
    public record Delivery(Reply reply, Fault fault) {}

    /** Answers a request. */
    @FunctionalInterface
    public interface Service {
        Delivery answer(Request request);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Service service;
    private final IntFunction<Reply> broken;
    private volatile boolean closed;

    /**
     * Starts to listen.
     *
     * @param name of its threads
     * @param broken what the vendor answers to a body that is too large (413) and to a fault of its own (500)
     * @throws IOException if the port cannot be used; the message says what to do
     */
    public HttpFront(String name, String host, int port, Service service, IntFunction<Reply> broken)
            throws IOException {
        // Without this each answer waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        this.service = service;
        this.broken = broken;
        try {
            this.server = HttpServer.create(new InetSocketAddress(host, port), 1000);
        } catch (BindException e) {
            throw new IOException(
                    "port " + port + " on " + host + " cannot be used (" + e.getMessage()
                            + "); stop what uses it or choose another with --port",
                    e);
        }
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(runnable -> {
            Thread thread = new Thread(runnable, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            if (body == null) {
                send(exchange, broken.apply(413), Fault.NONE);
                return;
            }
            Map<String, String> headers = new HashMap<>();
            for (Map.Entry<String, List<String>> header :
                    exchange.getRequestHeaders().entrySet()) {
                headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(", ", header.getValue()));
            }
            Delivery delivery;
            try {
                delivery = service.answer(Request.of(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            } catch (RuntimeException e) {
                if (!closed) {
                    e.printStackTrace();
                }
                delivery = new Delivery(broken.apply(500), Fault.NONE);
            }
            send(exchange, delivery.reply(), delivery.fault());
        }
    }

    private static byte @Nullable [] body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream raw = exchange.getRequestBody();
        byte[] body = (zipped ? new GZIPInputStream(raw) : raw).readNBytes(LARGEST_BODY + 1);
        return body.length > LARGEST_BODY ? null : body;
    }

    private void send(HttpExchange exchange, Reply reply, Fault fault) throws IOException {
        pause(fault.delay().toMillis());
        if (fault.drop()) {
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body();
        boolean bodyless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        if (body.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        exchange.sendResponseHeaders(reply.status(), bodyless ? -1 : body.length);
        if (bodyless) {
            return;
        }
        int length = fault.truncateAt() < 0 ? body.length : Math.min(body.length, fault.truncateAt());
        OutputStream out = exchange.getResponseBody();
        if (fault.everyByte().isZero()) {
            out.write(body, 0, length);
        } else {
            for (int i = 0; i < length && !closed; i++) {
                out.write(body[i]);
                out.flush();
                pause(fault.everyByte().toMillis());
            }
        }
        out.flush();
        if (length == body.length) {
            out.close();
        }
    }

    private static void pause(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
        try {
            boolean ended = threads.awaitTermination(5, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("a request did not end within 5 s of the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
