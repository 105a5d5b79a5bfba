package dev.rainmaker.app.flow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps that routes may call; each answers what it did, as counts by name. */
public interface Flows {

    /** Reads the streams of one connection, or of all where null. */
    Map<String, Long> sync(@Nullable String connection);

    /** Works off the inbox: fetches what events told of and commits it. */
    Map<String, Long> inbox();

    /** Takes in the deal registrations that changed, moves on what is due, and follows edits of locks. */
    Map<String, Long> registrations();

    /** Brings partner histories and scores up to the latest facts. */
    Map<String, Long> score();

    /** Decides the leads that wait. */
    Map<String, Long> assign();

    /** Writes what is due to the connected systems. */
    Map<String, Long> write();
}
