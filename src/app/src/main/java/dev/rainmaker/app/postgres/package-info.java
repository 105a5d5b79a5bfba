/**
 * The embedded ledger server: a durable PostgreSQL 17 under the state folder, started, taken over after a crash of its owner,
 * and stopped by Rainmaker. Linux on x86-64.
 */
@NullMarked
package dev.rainmaker.app.postgres;

import org.jspecify.annotations.NullMarked;
