package dev.rainmaker.connector;

import java.util.List;

/** What a check of a connection found. */
public record CheckReport(String connection, List<Finding> findings) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** How much a finding matters: INFO is fine, WARNING works with less, ERROR does not work. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    /**
     * One line of the report.
     *
     * @param what what was found, and where
     * @param remedy what to do, empty where nothing is to do
     */
    public record Finding(Severity severity, String what, String remedy) {}
}
