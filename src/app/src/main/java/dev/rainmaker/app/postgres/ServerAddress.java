package dev.rainmaker.app.postgres;

/** How a client reaches a running server. The password is not part of {@link #toString()}. */
public record ServerAddress(String jdbcUrl, String user, String password) {

    static ServerAddress local(int port, String database, String password) {
        return new ServerAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, EmbeddedPostgres.USER, password);
    }

    @Override
    public String toString() {
        return "ServerAddress[" + jdbcUrl + ", user " + user + ", password ****]";
    }
}
