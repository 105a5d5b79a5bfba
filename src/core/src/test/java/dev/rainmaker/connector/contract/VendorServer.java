package dev.rainmaker.connector.contract;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on plain sockets, so that it can also do what no well-behaved server does. One connection, one request. */
public final class VendorServer implements AutoCloseable {

    private static final int DRIP_MILLIS = 100;

    private final ServerSocket listening;
    private final Function<Asked, Reply> answers;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public VendorServer(Function<Asked, Reply> answers) {
        this.answers = answers;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "vendor-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://localhost:" + listening.getLocalPort();
    }

    /** Every request so far, in order. */
    public List<Asked> asked() {
        return asked;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Asked request = read(new BufferedInputStream(socket.getInputStream()));
            if (request != null) {
                asked.add(request);
                send(socket, answers.apply(request));
            }
        } catch (IOException left) {
            // The client left, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Asked read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] parts = first.split(" ");
        return new Asked(parts[0], parts[1], headers, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        String line = line(in);
        return line.isEmpty() ? 0 : Integer.parseInt(line.split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static void send(Socket socket, Reply reply) throws IOException {
        switch (reply.delivery()) {
            case RESET -> socket.setSoLinger(true, 0);
            case SILENT -> socket.getInputStream().read();
            default -> send(reply, socket.getOutputStream());
        }
    }

    private static void send(Reply reply, OutputStream socket) throws IOException {
        OutputStream out = new BufferedOutputStream(socket);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Said\r\nConnection: close\r\n");
        if (!reply.headers().containsKey("Date")) {
            head.append("Date: ").append(date(Instant.now())).append("\r\n");
        }
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        switch (reply.delivery()) {
            case CUT -> out.write(reply.body(), 0, reply.body().length / 2);
            case DRIP -> drip(reply.body(), out);
            default -> out.write(reply.body());
        }
        out.flush();
    }

    private static void drip(byte[] body, OutputStream out) throws IOException {
        for (byte one : body) {
            out.write(one);
            out.flush();
            try {
                Thread.sleep(DRIP_MILLIS);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** An instant as HTTP writes it. */
    public static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
