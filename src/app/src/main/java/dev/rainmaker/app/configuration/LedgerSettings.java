package dev.rainmaker.app.configuration;

/**
 * The PostgreSQL to use instead of the embedded one.
 *
 * @param url JDBC, without user and password
 */
public record LedgerSettings(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerSettings[url=" + url + ", user=" + user + ", password=****]";
    }
}
