package dev.rainmaker.app.demo;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A learner whose next finished course can be seen to raise a partner: one of a partner in the first CRM that did little of
 * late, for of much engagement more counts little.
 *
 * @param learner the learner's page in the academy, with a button per open course
 * @param partner its name
 * @param record the partner's page in the CRM
 */
public record Lesson(String learner, String partner, String record) {

    private static final Pattern OPEN_COURSE = Pattern.compile("action=\"/course/finish\\.php\"");
    private static final int CANDIDATES = 20;

    private record Candidate(String learner, RecordId partner, String name) {}

    static Optional<Lesson> find(Rainmaker rainmaker, String academy) {
        for (Candidate candidate : candidates(rainmaker)) {
            String page = academy + "/user/profile.php?id=" + candidate.learner();
            Optional<URI> record = record(rainmaker, candidate.partner());
            if (record.isPresent() && openCourses(page) > 1) { // the first is the introduction, which nobody certifies
                return Optional.of(
                        new Lesson(page, candidate.name(), record.get().toString()));
            }
        }
        return Optional.empty();
    }

    private static List<Candidate> candidates(Rainmaker rainmaker) {
        return rainmaker
                .ledger()
                .jdbc()
                .sql("""
                        select l.id, p.id as partner, p.body ->> 'name' as name
                        from person_link l
                        join fact p on p.tenant = l.tenant and p.kind = 'partner' and p.connection = l.partner_connection
                         and p.id = l.partner_id and p.until_seq is null
                        where l.tenant = :tenant and l.connection = :academy and l.partner_connection = :crm
                        order by (select count(*) from fact f where f.tenant = l.tenant and f.until_seq is null
                                   and f.kind in ('engagement', 'training')
                                   and f.body ->> 'partner' = l.partner_connection || '/' || l.partner_id), l.id
                        limit :most
                        """)
                .param("tenant", rainmaker.ledger().tenant())
                .param("academy", DemoConnection.ACADEMY.name())
                .param("crm", DemoConnection.CRM.name())
                .param("most", CANDIDATES)
                .query((row, number) -> new Candidate(
                        row.getString("id"),
                        new RecordId(DemoConnection.CRM.name(), row.getString("partner")),
                        row.getString("name")))
                .list();
    }

    private static Optional<URI> record(Rainmaker rainmaker, RecordId partner) {
        return rainmaker
                .connections()
                .find(partner.connection())
                .flatMap(connection -> connection.streams().stream()
                        .filter(stream -> stream.kinds().contains(FactKind.PARTNER))
                        .findFirst()
                        .flatMap(stream -> connection.connector().recordPage(stream.stream(), partner.id())));
    }

    private static long openCourses(String page) {
        try {
            HttpResponse<String> shown = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
            return OPEN_COURSE.matcher(shown.body()).results().count();
        } catch (IOException unseen) {
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
