package dev.rainmaker.app.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer other than the one asked for: to programs a problem detail (RFC 9457), to people a page. */
final class Refusal extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private Refusal(HttpStatus status, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** @param detail what is wrong and what to do */
    static Refusal of(HttpStatus status, String detail) {
        return new Refusal(status, detail);
    }

    static Refusal notFound(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, detail);
    }

    String detail() {
        return String.valueOf(getBody().getDetail());
    }
}
