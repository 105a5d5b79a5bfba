/** SOQL: parsed to a tree, checked against the org's fields, evaluated over its records. */
@NullMarked
package dev.rainmaker.sandbox.salesforce.soql;

import org.jspecify.annotations.NullMarked;
