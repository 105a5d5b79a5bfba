package dev.rainmaker.app.mapping;

import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The mapping of one stream: what its records become and what is written back to it. Safe for several threads. */
public final class StreamMapping {

    private final String stream;
    private final String version;
    private final List<FactMapping> facts;
    private final Map<String, WriteField> writes;
    private final Set<String> reads;
    private final Set<String> optionalReads;
    private final boolean optional;

    StreamMapping(
            String stream, boolean optional, String version, List<FactMapping> facts, Map<String, WriteField> writes) {
        this.stream = stream;
        this.optional = optional;
        this.version = version;
        this.facts = List.copyOf(facts);
        this.writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
        Set<String> all = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        facts.forEach(fact -> {
            all.addAll(fact.reads());
            required.addAll(fact.required());
        });
        this.reads = Collections.unmodifiableSet(all);
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(required);
        this.optionalReads = Collections.unmodifiableSet(rest);
    }

    public String stream() {
        return stream;
    }

    /** Whether the system may be without this stream: it is then left out. */
    public boolean optional() {
        return optional;
    }

    /** SHA-256 of the file's text: a run pins it, and facts made by another version are made again. */
    public String version() {
        return version;
    }

    /** Paths of every field it uses, as the vendor names them. */
    public Set<String> reads() {
        return reads;
    }

    /** Those of {@link #reads()} that the vendor need not have; leave them out where it does not. */
    public Set<String> optionalReads() {
        return optionalReads;
    }

    /** Kinds of facts that its records become, in the order of the file. */
    public List<FactKind> kinds() {
        return facts.stream().map(FactMapping::kind).toList();
    }

    /** Fields to write back, by our names for them ({@code partner}). */
    public Map<String, WriteField> writes() {
        return writes;
    }

    /** What {@link dev.rainmaker.connector.Connector#check} should look for. */
    public StreamNeed need() {
        Set<String> required = new TreeSet<>(reads);
        required.removeAll(optionalReads);
        Map<String, String> written = new TreeMap<>();
        writes.values().forEach(field -> written.put(field.field(), field.type()));
        return new StreamNeed(stream, required, written);
    }

    /** Maps one record of this stream; never throws for what a record holds. */
    public Mapped map(String connection, SourceRecord record) {
        MappingRun run = new MappingRun(connection, record);
        List<Fact> made = new ArrayList<>(2);
        List<FactKind> absent = new ArrayList<>(2);
        for (FactMapping fact : facts) {
            fact.map(run, made, absent);
        }
        return new Mapped(made, absent, run.problems());
    }

    /** Every rule beside what it makes of the record, also of facts whose condition does not hold. */
    public List<PreviewLine> preview(String connection, SourceRecord record) {
        MappingRun run = new MappingRun(connection, record);
        List<PreviewLine> lines = new ArrayList<>();
        facts.forEach(fact -> lines.addAll(fact.preview(run)));
        return lines;
    }

    @Override
    public String toString() {
        return "StreamMapping[" + stream + " " + version.substring(0, 12) + "]";
    }
}
