package dev.rainmaker.sandbox.http;

import java.util.ArrayList;
import java.util.List;

/** The faults still to come. Each counts the calls of its kind since it was added. */
public final class FaultScript {

    private static final class Waiting {
        private final Fault fault;
        private int seen;

        Waiting(Fault fault) {
            this.fault = fault;
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();

    public synchronized void add(Fault fault) {
        waiting.add(new Waiting(fault));
    }

    public synchronized void clear() {
        waiting.clear();
    }

    public synchronized int size() {
        return waiting.size();
    }

    /** The fault that strikes this call, {@link Fault#NONE} if none does. */
    public synchronized Fault next(String kind) {
        Fault striking = Fault.NONE;
        for (Waiting entry : List.copyOf(waiting)) {
            if (!entry.fault.matches(kind)) {
                continue;
            }
            entry.seen++;
            if (entry.seen >= entry.fault.nth() && striking == Fault.NONE) {
                striking = entry.fault;
            }
            if (entry.seen >= entry.fault.nth() + entry.fault.times() - 1) {
                waiting.remove(entry);
            }
        }
        return striking;
    }
}
