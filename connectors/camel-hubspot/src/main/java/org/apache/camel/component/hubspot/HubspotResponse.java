package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The answer to one call.
 *
 * @param status 200 to 299; 207 means that some inputs failed
 * @param body the bytes as received
 * @param json the same, read; a missing node where the answer has no body
 * @param serverTime what the header Date says, null where it is absent
 */
public record HubspotResponse(int status, byte[] body, JsonNode json, Instant serverTime) {}
