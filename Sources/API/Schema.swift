import Domain

/// A JSON Schema, as much of it as the API needs.
indirect enum Schema: Sendable {
    case string
    /// One of these words.
    case word([String])
    /// A format of JSON Schema: `date-time`, `date`.
    case formatted(String)
    case integer, number, boolean, null
    case array(Schema)
    /// An object whose members are not known beforehand, all of one kind.
    case map(Schema)
    case object([Property])
    case anyObject
    case anything
    /// Not `oneOf`: formats are only notes to most validators, so that a date and a time are both just a string.
    case anyOf([Schema])
    case nullable(Schema)
    /// A schema of `components`.
    case reference(String)

    struct Property: Sendable {
        var name: String
        var schema: Schema
        var isRequired: Bool
        var detail: Text?

        static func required(_ name: String, _ schema: Schema, _ detail: Text? = nil) -> Property {
            Property(name: name, schema: schema, isRequired: true, detail: detail)
        }
        static func optional(_ name: String, _ schema: Schema, _ detail: Text? = nil) -> Property {
            Property(name: name, schema: schema, isRequired: false, detail: detail)
        }
    }

    func write(to writer: inout JSONWriter, language: Language) {
        writer.object { writeMembers(to: &$0, language: language, detail: nil) }
    }

    private func writeMembers(to writer: inout JSONWriter, language: Language, detail: Text?) {
        switch self {
        case .string: writer.member("type", "string")
        case .word(let words):
            writer.member("type", "string")
            writer.member("enum", array: { for word in words { $0.string(word) } })
        case .formatted(let format):
            writer.member("type", "string")
            writer.member("format", format)
        case .integer: writer.member("type", "integer")
        case .number: writer.member("type", "number")
        case .boolean: writer.member("type", "boolean")
        case .null: writer.member("type", "null")
        case .array(let item):
            writer.member("type", "array")
            writer.key("items")
            item.write(to: &writer, language: language)
        case .map(let member):
            writer.member("type", "object")
            writer.key("additionalProperties")
            member.write(to: &writer, language: language)
        case .object(let properties): writeObject(properties, to: &writer, language: language)
        case .anyObject:
            writer.member("type", "object")
            writer.member("additionalProperties", true)
        case .anything: break
        case .anyOf(let schemas):
            writer.member("anyOf", array: { for schema in schemas { schema.write(to: &$0, language: language) } })
        case .nullable(let schema):
            writer.member(
                "anyOf",
                array: {
                    schema.write(to: &$0, language: language)
                    $0.object { $0.member("type", "null") }
                })
        case .reference(let name): writer.member("$ref", "#/components/schemas/\(name)")
        }
        if let detail { writer.member("description", detail(language)) }
    }

    private func writeObject(_ properties: [Property], to writer: inout JSONWriter, language: Language) {
        writer.member("type", "object")
        writer.member(
            "properties",
            object: {
                for property in properties {
                    $0.key(property.name)
                    $0.object { property.schema.writeMembers(to: &$0, language: language, detail: property.detail) }
                }
            })
        let required = properties.filter(\.isRequired)
        guard !required.isEmpty else { return }
        writer.member("required", array: { for property in required { $0.string(property.name) } })
    }
}
