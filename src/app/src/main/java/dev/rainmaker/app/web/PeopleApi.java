package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.ledger.PersonLedger.Link;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.RecordId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The worklist of people and their links, for programs. Linking twice is linking once. */
@RestController
class PeopleApi {

    private final Rainmaker rainmaker;

    PeopleApi(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /** What a program says of a person: exactly one of the two. */
    record Ruling(
            @Nullable String person,
            @Nullable String partner,
            @Nullable Boolean nobody) {}

    /** @param state {@code open}, the default, or {@code linked} */
    @GetMapping("/api/people")
    Map<String, Object> list(
            @RequestParam(defaultValue = "open") String state, @RequestParam(defaultValue = "50") int limit) {
        int most = Math.max(1, Math.min(limit, 500));
        List<?> items = switch (state) {
            case "open" -> rainmaker.people().open(most);
            case "linked" -> PersonLink.made(rainmaker, most);
            default -> throw Refusal.of(HttpStatus.BAD_REQUEST, "\"state\" is open or linked");
        };
        return Map.of("items", items, "open", rainmaker.people().countOpen());
    }

    @PostMapping("/api/people/link")
    Map<String, Object> linkByProgram(@RequestBody Ruling ruling) {
        String person = ruling.person();
        boolean nobody = Boolean.TRUE.equals(ruling.nobody());
        if (person == null || nobody == (ruling.partner() != null)) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "give \"person\" and either \"partner\" or \"nobody\": true");
        }
        RecordId id = PeopleController.recordId(person);
        return said(id, () -> {
            if (nobody) {
                rainmaker.matchPeople().linkToNobody(id, Caller.current().name());
            } else {
                rainmaker
                        .matchPeople()
                        .link(
                                id,
                                PeopleController.recordId(String.valueOf(ruling.partner())),
                                Caller.current().name());
            }
        });
    }

    @PostMapping("/api/people/undo")
    Map<String, Object> undoByProgram(@RequestBody Ruling ruling) {
        RecordId id = PeopleController.recordId(String.valueOf(ruling.person()));
        return said(id, () -> rainmaker.matchPeople().undo(id, Caller.current().name()));
    }

    private Map<String, Object> said(RecordId person, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException refused) {
            throw Refusal.of(HttpStatus.NOT_FOUND, String.valueOf(refused.getMessage()));
        }
        Link link = rainmaker.people().find(person).map(held -> held.link()).orElse(null);
        return link == null
                ? Map.of("person", person)
                : Map.of("person", person, "link", PersonLink.of(rainmaker, link));
    }
}
