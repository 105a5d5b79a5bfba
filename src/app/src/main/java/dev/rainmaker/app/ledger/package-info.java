/** Rainmaker's PostgreSQL: facts with versions, cursors, decisions, outbox, dead letters, runs. */
@NullMarked
package dev.rainmaker.app.ledger;

import org.jspecify.annotations.NullMarked;
