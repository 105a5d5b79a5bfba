/** Revenue by partner: deals credited, months closed, reports. */
@NullMarked
package dev.rainmaker.app.revenue;

import org.jspecify.annotations.NullMarked;
