package dev.rainmaker.connector.salesforce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Announces a body and closes the connection in the middle of it. */
final class CuttingServer implements AutoCloseable {

    private final ServerSocket listening;
    private final byte[] body;
    private final boolean gzip;
    private final int status;

    CuttingServer(int status, String body, boolean gzip) {
        this.status = status;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
            this.body = gzip ? zipped(body) : body.getBytes(StandardCharsets.UTF_8);
            this.gzip = gzip;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread thread = new Thread(this::serve, "cutting-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] zipped(String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                InputStream in = socket.getInputStream();
                int lineEnds = 0;
                for (int read = in.read(); read >= 0 && lineEnds < 4; read = lineEnds < 4 ? in.read() : read) {
                    lineEnds = read == '\r' || read == '\n' ? lineEnds + 1 : 0;
                }
                OutputStream out = socket.getOutputStream();
                out.write(("HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\n"
                                + (gzip ? "Content-Encoding: gzip\r\n" : "")
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body, 0, body.length / 2);
                out.flush();
            } catch (IOException closed) {
                // The client left, or the test is over.
            }
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    String url() {
        return "http://localhost:" + port();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
