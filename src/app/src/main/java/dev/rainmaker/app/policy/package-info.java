/** What the business decides, read from YAML and checked: the policies of lifetime value and assignment. */
@NullMarked
package dev.rainmaker.app.policy;

import org.jspecify.annotations.NullMarked;
