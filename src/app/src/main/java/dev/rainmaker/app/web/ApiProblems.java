package dev.rainmaker.app.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Faults of the REST interface as problem details (RFC 9457). */
@Order(0) // before the pages' advice, which sees every controller
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    /** The title that belongs to the status is stated: our JSON has fields, not what is computed from them. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            problem.setTitle(problem.getTitle());
        }
        return new ResponseEntity<>(body, headers, status);
    }

    /** A ledger that is away is answered in front of everything, see {@link LedgerAway}. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(RuntimeException fault) {
        if (LedgerAway.is(fault)) {
            throw fault;
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("request failed, incident {}", incident, fault);
        return ResponseEntity.internalServerError()
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "this request failed inside Rainmaker; the log has the cause under incident " + incident));
    }
}
