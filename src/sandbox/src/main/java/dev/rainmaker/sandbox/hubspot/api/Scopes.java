package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import java.util.List;
import java.util.Optional;

/** Which scope a call needs; of several any one does. */
final class Scopes {

    private Scopes() {}

    static List<String> of(Route route, String method) {
        String first = route.path().isEmpty() ? "" : route.path().get(0);
        Optional<ObjectKind> kind = ObjectKind.named(first);
        boolean reads = method.equals("GET")
                || route.isSearch()
                || route.path().size() > 2
                        && route.path().get(route.path().size() - 1).equals("read");
        String right = reads ? ".read" : ".write";
        return switch (route.area()) {
            case "objects", "associations" ->
                kind.map(found -> List.of("crm.objects." + object(found) + right))
                        .orElse(List.of());
            case "properties" ->
                kind.map(found -> reads
                                ? List.of(
                                        "crm.schemas." + object(found) + right, "crm.objects." + object(found) + right)
                                : List.of("crm.schemas." + object(found) + right))
                        .orElse(List.of());
            case "pipelines" ->
                kind.map(found ->
                                List.of("crm.schemas." + object(found) + right, "crm.objects." + object(found) + right))
                        .orElse(List.of());
            case "owners" -> List.of("crm.objects.owners.read");
            case "forms", "submissions" -> List.of("forms");
            case "marketing-events" -> List.of("crm.objects.marketing_events" + right);
            case "emails", "emailEvents" -> List.of("content", "marketing.email.read");
            default -> List.of();
        };
    }

    private static String object(ObjectKind kind) {
        // The vendor has no scope of its own for e-mails: they go with contacts.
        return kind == ObjectKind.EMAIL ? "contacts" : kind.plural();
    }
}
