/** HubSpot as a CRM with leads, deals and write-back, and as a source of marketing engagement. */
@NullMarked
package dev.rainmaker.connector.hubspot;

import org.jspecify.annotations.NullMarked;
