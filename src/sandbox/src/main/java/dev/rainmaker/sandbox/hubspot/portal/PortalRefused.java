package dev.rainmaker.sandbox.hubspot.portal;

import java.util.List;
import java.util.Map;

/** The portal refuses what was asked; nothing of the request happened. */
public final class PortalRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String category;
    private final String subCategory;
    private final transient Map<String, List<String>> context;

    public PortalRefused(
            int status, String category, String subCategory, String message, Map<String, List<String>> context) {
        super(message);
        this.status = status;
        this.category = category;
        this.subCategory = subCategory;
        this.context = Map.copyOf(context);
    }

    public PortalRefused(int status, String category, String message) {
        this(status, category, "", message, Map.of());
    }

    /** A request that makes no sense. */
    public static PortalRefused invalid(String message) {
        return new PortalRefused(400, "VALIDATION_ERROR", message);
    }

    static PortalRefused noObject() {
        return new PortalRefused(404, "OBJECT_NOT_FOUND", "resource not found");
    }

    public int status() {
        return status;
    }

    public String category() {
        return category;
    }

    public String subCategory() {
        return subCategory;
    }

    public Map<String, List<String>> context() {
        return context;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
