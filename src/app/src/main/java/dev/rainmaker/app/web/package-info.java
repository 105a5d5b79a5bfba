/** HTTP: console, REST and intake, on Spring Boot. */
@NullMarked
package dev.rainmaker.app.web;

import org.jspecify.annotations.NullMarked;
