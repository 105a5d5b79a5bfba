package dev.rainmaker.app.runtime;

import dev.rainmaker.app.assignment.AssignResult;
import dev.rainmaker.app.writeback.WriteBackResult;

/**
 * What the flows of one process did so far.
 *
 * @param scored partners scored, each time counted
 * @param problems records that could not be mapped, and connections that could not be read
 */
public record FlowTotals(AssignResult assigned, WriteBackResult written, long scored, long problems) {}
