package dev.rainmaker.connector.hubspot;

/** Text of others, fit for a message. */
final class Words {

    private static final int LONGEST = 300;

    private Words() {}

    /** One line without control characters, cut to a readable length. */
    static String clean(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
