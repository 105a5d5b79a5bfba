package dev.rainmaker.app.yaml;

/** A value in a YAML file, with the place where it begins. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {

    Place place();

    /** What it is, for messages: {@code a map}, {@code a list}, {@code text}, {@code a number} ... */
    String described();
}
