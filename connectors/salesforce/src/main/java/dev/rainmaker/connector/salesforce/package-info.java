/** The Salesforce connector, on camel-salesforce. */
@NullMarked
package dev.rainmaker.connector.salesforce;

import org.jspecify.annotations.NullMarked;
