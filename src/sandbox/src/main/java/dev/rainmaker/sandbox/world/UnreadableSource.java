package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.util.List;

/** Files to import that are missing or broken. The message names each fault with its file, line and column. */
public final class UnreadableSource extends IOException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 20;

    UnreadableSource(List<String> faults) {
        super(message(faults));
    }

    private static String message(List<String> faults) {
        StringBuilder message = new StringBuilder("nothing was imported, correct this and import again:");
        faults.stream().limit(SHOWN).forEach(fault -> message.append("\n  ").append(fault));
        if (faults.size() > SHOWN) {
            message.append("\n  and ").append(faults.size() - SHOWN).append(" more");
        }
        return message.toString();
    }
}
