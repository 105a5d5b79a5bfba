package dev.rainmaker.sandbox.salesforce.record;

import java.util.Locale;

/** The field types of describe that this org has. */
public enum FieldType {
    ID("tns:ID", Kind.TEXT),
    REFERENCE("tns:ID", Kind.TEXT),
    STRING("xsd:string", Kind.TEXT),
    TEXTAREA("xsd:string", Kind.TEXT),
    PICKLIST("xsd:string", Kind.TEXT),
    MULTIPICKLIST("xsd:string", Kind.TEXT),
    EMAIL("xsd:string", Kind.TEXT),
    PHONE("xsd:string", Kind.TEXT),
    URL("xsd:string", Kind.TEXT),
    BOOLEAN("xsd:boolean", Kind.BOOLEAN),
    INT("xsd:int", Kind.NUMBER),
    DOUBLE("xsd:double", Kind.NUMBER),
    CURRENCY("xsd:double", Kind.NUMBER),
    PERCENT("xsd:double", Kind.NUMBER),
    DATE("xsd:date", Kind.DATE),
    DATETIME("xsd:dateTime", Kind.DATETIME);

    /** How values are kept: String, BigDecimal, Boolean, LocalDate, Instant. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        DATETIME
    }

    private final String soapType;
    private final Kind kind;

    FieldType(String soapType, Kind kind) {
        this.soapType = soapType;
        this.kind = kind;
    }

    /** The name in describe: {@code string}, {@code multipicklist}. */
    public String vendorName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String soapType() {
        return soapType;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether values are record ids. */
    public boolean isId() {
        return this == ID || this == REFERENCE;
    }
}
