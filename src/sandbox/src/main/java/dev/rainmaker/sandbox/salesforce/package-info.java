/** A Salesforce org over real HTTP: the switches of its behaviour, its start and its stop. */
@NullMarked
package dev.rainmaker.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
