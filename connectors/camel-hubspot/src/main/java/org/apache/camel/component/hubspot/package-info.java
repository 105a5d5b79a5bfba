/**
 * Apache Camel component for HubSpot: CRM objects, associations, properties, owners, marketing events, forms, and
 * webhooks. It follows Camel's conventions and depends on Camel and Jackson only, so it carries no nullness annotations.
 */
package org.apache.camel.component.hubspot;
