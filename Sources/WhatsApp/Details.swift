import Domain

/// The scalars of a payload as one flat table, keys as Meta spells them, joined with dots.
extension Reading {
    private static let detailsMax = 64
    private static let detailsDepthMax = 6
    private static let listItemsMax = 20

    /// Adds what `object` tells, but for the keys in `left`. Lists of scalars are joined with commas; objects in lists
    /// are numbered from 0. What is longer than a label is cut.
    func collectDetails(
        of object: JSON.Value, except left: Set<String> = [], prefix: String = "", depth: Int = 0,
        into details: inout [String: String]
    ) {
        guard depth < Self.detailsDepthMax else { return }
        for (key, value) in object.members where !left.contains(key) {
            guard details.count < Self.detailsMax else { return }
            let path = (prefix + key).cut(toBytes: Limits.labelBytesMax)
            collect(value, path: path, except: left, depth: depth, into: &details)
        }
    }

    private func collect(
        _ value: JSON.Value, path: String, except left: Set<String>, depth: Int, into details: inout [String: String]
    ) {
        switch value.kind {
        case .null: return
        case .string, .number, .true, .false:
            if details[path] == nil, let text = value.label { details[path] = text }
        case .object: collectDetails(of: value, except: left, prefix: path + ".", depth: depth + 1, into: &details)
        case .array:
            var words: [String] = []
            for (index, element) in value.elements.prefix(Self.listItemsMax).enumerated() {
                if element.isObject {
                    let inner = "\(path).\(index)."
                    collectDetails(of: element, except: left, prefix: inner, depth: depth + 1, into: &details)
                } else if let word = element.label {
                    words.append(word)
                }
            }
            let joined = words.joined(separator: ",").cut(toBytes: Limits.labelBytesMax)
            if !joined.isEmpty { details[path] = joined }
        }
    }

    /// A mark on the account timeline. Its time is Meta's or nil, never the time of receipt: a repeated delivery
    /// must give the same mark.
    mutating func mark(
        _ event: String?, subject: AccountEvent.Subject, previous: String? = nil, in object: JSON.Value? = nil,
        except left: Set<String> = [], field name: MetaField? = nil, account other: AccountID?? = nil,
        details extra: [String: String] = [:], at: JSON.Value? = nil
    ) {
        guard let event else { return fail(.missingKey) }
        let object = object ?? value
        var details = extra
        collectDetails(of: object, except: left.union(Self.envelopeKeys), into: &details)
        let time = at.flatMap(Self.instant) ?? object["timestamp"].flatMap(Self.instant) ?? entryTime
        add(
            .account(
                AccountEvent(
                    field: (name ?? field).rawValue, account: other ?? account, subject: subject, event: event,
                    previous: previous, details: details, at: time
                )
            )
        )
    }

    /// Told elsewhere in the event, or about persons.
    private static let envelopeKeys: Set<String> = [
        "messaging_product", "metadata", "contacts", "event", "timestamp", "display_phone_number",
    ]
}
