/** Which partner a person belongs to, by what evidence; what is not certain is left to a person. */
@NullMarked
package dev.rainmaker.people;

import org.jspecify.annotations.NullMarked;
