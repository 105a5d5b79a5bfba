/** Who may do what: console users, API tokens, roles, and the web application's doors. */
@NullMarked
package dev.rainmaker.app.access;

import org.jspecify.annotations.NullMarked;
