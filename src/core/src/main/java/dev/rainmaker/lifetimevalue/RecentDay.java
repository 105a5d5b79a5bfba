package dev.rainmaker.lifetimevalue;

/** Revenue and number of deals of one of the latest days. */
public record RecentDay(int day, int deals, double revenue) {}
