package dev.rainmaker.app.expression;

/** An expression could not be evaluated on the values it met. The message names no value. */
public final class ExpressionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionFault(String message, Throwable cause) {
        super(message, cause);
    }
}
