/** What partners do in the programme: campaigns, co-selling, portal, market development funds. */
@NullMarked
package dev.rainmaker.engagement;

import org.jspecify.annotations.NullMarked;
