/**
 * A partner's claim on a deal: its life, the conflicts it meets, and the lock it becomes. Pure: who calls brings the instant
 * of the ledger's database, never a host's clock.
 */
@NullMarked
package dev.rainmaker.dealregistration;

import org.jspecify.annotations.NullMarked;
