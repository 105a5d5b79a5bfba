package dev.rainmaker.app.ledger;

/**
 * What became of a page in the ledger.
 *
 * @param records rows of the page
 * @param changed rows that were new or differed from what the ledger held
 * @param facts fact versions that began or ended
 * @param problems rows that could not be mapped and went to the dead letters
 * @param seq the ledger sequence of this page
 */
public record CommittedPage(int records, int changed, int facts, int problems, long seq) {}
