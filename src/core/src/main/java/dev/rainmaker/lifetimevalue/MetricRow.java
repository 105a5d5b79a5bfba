package dev.rainmaker.lifetimevalue;

import java.time.LocalDate;

/**
 * One row of a metrics file.
 *
 * @param line in the source, for messages
 * @param metric {@code lead_won lead_lost lead_open training campaign cosell certification_valid certification_required csat
 *     partner_sourced}
 * @param value a count of leads, events or certificates, an answer, or 1/0 for partner-sourced
 */
public record MetricRow(long line, String partner, String metric, LocalDate date, double value) {}
