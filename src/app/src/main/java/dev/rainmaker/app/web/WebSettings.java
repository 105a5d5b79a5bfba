package dev.rainmaker.app.web;

import java.nio.file.Path;

/**
 * What the web server was started with.
 *
 * @param demo whether the console is open without a login
 */
public record WebSettings(Path state, boolean demo) {}
