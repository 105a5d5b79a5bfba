package dev.rainmaker.fact;

/**
 * Identity of a record in the system it came from: the connection's name and the vendor's id, written {@code crm/00Q...}.
 * Ids are compared as given: a connector hands over one canonical form (Salesforce: 18 characters).
 */
public record RecordId(String connection, String id) implements Comparable<RecordId> {

    public RecordId {
        if (connection.isBlank() || connection.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a connection's name must be a word without '/', not \"" + connection + "\"");
        }
        if (id.isBlank()) {
            throw new IllegalArgumentException("a record of " + connection + " has no id");
        }
    }

    /**
     * Reads the form written by {@link #toString()}.
     *
     * @throws IllegalArgumentException if there is no '/' in it
     */
    public static RecordId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not connection/id");
        }
        return new RecordId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(RecordId other) {
        int byConnection = connection.compareTo(other.connection);
        return byConnection != 0 ? byConnection : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return connection + "/" + id;
    }
}
