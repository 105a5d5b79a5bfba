package dev.rainmaker.app.mapping;

import dev.rainmaker.connector.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** One record on its way through a mapping, and what was noted. */
final class MappingRun {

    private final String connection;
    private final SourceRecord record;
    private final List<Mapped.Problem> problems = new ArrayList<>(0);

    MappingRun(String connection, SourceRecord record) {
        this.connection = connection;
        this.record = record;
    }

    String connection() {
        return connection;
    }

    SourceRecord record() {
        return record;
    }

    List<Mapped.Problem> problems() {
        return problems;
    }

    void problem(Mapped.Problem problem) {
        problems.add(problem);
    }
}
