/** The vendor's REST API: sessions, queries, records, collections, composites, faults on demand. */
@NullMarked
package dev.rainmaker.sandbox.salesforce.api;

import org.jspecify.annotations.NullMarked;
