import HTTPTypes

/// Header names that HTTPTypes does not bring along. A name that is no token would be dropped here, not trapped on.
package enum HTTPFieldNames {
    package static let proxied = named("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host")
    /// Where a browser says a request comes from; told to https addresses and to this machine.
    package static let fetchSite = named("Sec-Fetch-Site")
    /// What will be done with the answer.
    package static let fetchDestination = named("Sec-Fetch-Dest")
    /// The form token of a session, from scripts.
    package static let formToken = named("X-Pantau-Form")
    static let referrerPolicy = named("Referrer-Policy")
    static let crossOriginOpener = named("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let frameOptions = named("X-Frame-Options")
    static let accelBuffering = named("X-Accel-Buffering")

    private static func named(_ names: String...) -> [HTTPField.Name] { names.compactMap { HTTPField.Name($0) } }
}

extension HTTPFields {
    /// Sets a value under each of the names (of which there is one, or none if it could not be parsed).
    mutating func set(_ names: [HTTPField.Name], _ value: String) {
        for name in names { self[name] = value }
    }
}
