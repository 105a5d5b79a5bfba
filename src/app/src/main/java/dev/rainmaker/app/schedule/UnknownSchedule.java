package dev.rainmaker.app.schedule;

import java.util.Collection;

/** There is no job of that name. The message lists those there are. */
public final class UnknownSchedule extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSchedule(String name, Collection<String> known) {
        super("There is no schedule \"" + name + "\"; there are " + String.join(", ", known) + ".");
    }
}
