package dev.rainmaker.sandbox.salesforce.export;

import java.util.List;

/** An export folder that cannot be loaded: every fault found, each with file, line and column. Nothing was loaded. */
public final class ExportFault extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 20;

    ExportFault(List<String> faults) {
        super(text(faults));
    }

    private static String text(List<String> faults) {
        String shown = String.join("\n", faults.subList(0, Math.min(MOST_SHOWN, faults.size())));
        int more = faults.size() - MOST_SHOWN;
        return more > 0 ? shown + "\nand " + more + " more" : shown;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
