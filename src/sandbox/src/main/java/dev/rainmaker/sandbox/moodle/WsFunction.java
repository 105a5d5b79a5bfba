package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function of the web service.
 *
 * @param version as the site's information lists it
 * @param capability that the caller needs
 */
record WsFunction(String name, String version, String capability, Body body) {

    /** What it does; JSON null for a function without an answer. */
    @FunctionalInterface
    interface Body {
        JsonNode answer(Arguments arguments) throws WsFault;
    }

    static WsFunction core(String name, String capability, Body body) {
        return new WsFunction(name, "2024100706", capability, body);
    }

    static WsFunction plugin(String name, String capability, Body body) {
        return new WsFunction(name, "2024100700", capability, body);
    }
}
