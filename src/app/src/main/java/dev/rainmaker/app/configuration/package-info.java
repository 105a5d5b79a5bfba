/** What rainmaker.yaml says, checked and with secrets resolved. */
@NullMarked
package dev.rainmaker.app.configuration;

import org.jspecify.annotations.NullMarked;
