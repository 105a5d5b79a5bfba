/** Moodle over its REST web services: people, course and activity completion, grades and badges; read only. */
@NullMarked
package dev.rainmaker.connector.moodle;

import org.jspecify.annotations.NullMarked;
