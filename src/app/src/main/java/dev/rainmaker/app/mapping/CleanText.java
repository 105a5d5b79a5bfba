package dev.rainmaker.app.mapping;

/** Takes out of a text what no database can keep: NUL characters and halves of surrogate pairs. */
final class CleanText {

    private CleanText() {}

    /** The same text where there is nothing to take out. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0 || Character.isSurrogate(character)) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        boolean changed = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(character).append(text.charAt(++i));
            } else if (character == 0) {
                changed = true;
            } else if (Character.isSurrogate(character)) {
                clean.append('\uFFFD');
                changed = true;
            } else {
                clean.append(character);
            }
        }
        return changed ? clean.toString() : text;
    }
}
