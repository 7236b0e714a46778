import Analytics
import Domain
import Storage

/// The named schema of data health, and an example.
enum HealthSchemas {
    static let all: [(name: String, schema: Schema)] = [("DataHealth", health), ("SourceHealth", source)]

    private static let time: Schema = .formatted("date-time")
    private static let someTime: Schema = .nullable(time)

    private static let counts: [Schema.Property] = [
        .required("deliveries", .integer), .required("events", .integer),
        .required(
            "duplicates", .integer,
            Text(
                id: "Kejadian yang sudah diketahui seluruhnya; tidak mengubah angka.",
                en: "Events of which all was known; they change no number.")),
        .required(
            "out_of_order", .integer,
            Text(
                id: "Status baru yang datang setelah status yang lebih kemudian dari pesan yang sama.",
                en: "New statuses that came after a later one of the same message.")),
        .required("not_understood", .integer),
    ]

    private static let source: Schema = .object([
        .required("source", .word(DeliverySource.allCases.map(\.name))),
        .required(
            "name", .nullable(.string),
            Text(id: "Aplikasi atau sistem yang disebut.", en: "The desk or system named.")),
        .required("light", .word(SourceHealth.Light.allCases.map(\.rawValue))), .required("first_at", time),
        .required("last_at", time),
        .required(
            "usual_deliveries_since_last", .nullable(.number),
            Text(
                id: "Kiriman pada jam yang sama di minggu-minggu sebelumnya.",
                en: "Deliveries in the same hours of the weeks before.")),
        .required("total", .object(counts), Text(id: "Sejak awal.", en: "Since the beginning.")),
        .required(
            "lateness",
            .object([
                .required("median_seconds", .nullable(.number)), .required("p99_seconds", .nullable(.number)),
                .required(
                    "counts",
                    .array(
                        .object([
                            .required("within_seconds", .nullable(.number)), .required("events", .integer),
                        ]))),
            ]), Text(id: "Waktu terima dikurangi waktu kejadian.", en: "Receipt less the time it happened.")),
        .required("days", .array(.object([.required("date", .formatted("date"))] + counts))),
    ])

    private static let field: Schema = .object([
        .required("field", .string),
        .required("need", .word(["required", "useful", "other"])), .required("seen_in_30_days", .boolean),
        .required("changes", .integer), .required("last_at", someTime), .required("purpose", .nullable(.string)),
    ])

    private static let health: Schema = .object([
        .required("as_of", time), .required("timezone", .string),
        .required(
            "counting",
            .object([
                .required("received", .integer), .required("counted", .integer), .required("waiting", .integer),
                .required("waiting_since", someTime), .required("fresh_to", someTime),
            ])),
        .required("sources", .array(.reference("SourceHealth"))), .required("fields", .array(field)),
        .required(
            "not_understood",
            .array(
                .object([
                    .required("field", .string), .required("reason", .string), .required("count", .integer),
                    .required("last_at", time),
                ]))),
        .required(
            "connection",
            .object([
                .required("app_secret_set", .boolean), .required("verify_token_set", .boolean),
                .required("last_handshake_at", someTime), .required("last_refusal", .nullable(.string)),
                .required("last_refusal_at", someTime),
            ])),
        .required("keys", .map(.integer), Text(id: "Kunci yang berlaku, per peran.", en: "Valid keys, by role.")),
        .required(
            "disk",
            .object([
                .required("free_bytes", .nullable(.integer)),
                .required("files", .array(.object([.required("name", .string), .required("bytes", .integer)]))),
                .required("last_backup_at", someTime),
            ])),
    ])

    static let example = #"""
        {"as_of":"2026-11-22T03:10:00Z","timezone":"Asia/Jakarta","counting":{"received":120034,"counted":120034,"waiting":0,"waiting_since":null,"fresh_to":"2026-11-22T03:09:58Z"},"sources":[{"source":"meta","name":null,"light":"good","first_at":"2026-08-30T02:00:00Z","last_at":"2026-11-22T03:09:58Z","usual_deliveries_since_last":null,"total":{"deliveries":118400,"events":121822,"duplicates":402,"out_of_order":1180,"not_understood":2},"lateness":{"median_seconds":1,"p99_seconds":64.1,"counts":[{"within_seconds":10,"events":118000},{"within_seconds":null,"events":3420}]},"days":[{"date":"2026-11-22","deliveries":310,"events":322,"duplicates":1,"out_of_order":4,"not_understood":0}]}],"fields":[{"field":"messages","need":"required","seen_in_30_days":true,"changes":118390,"last_at":"2026-11-22T03:09:58Z","purpose":"The status of each message, and what customers write. Without it there are no numbers at all."}],"not_understood":[{"field":"tracking_events","reason":"unknownField","count":2,"last_at":"2026-11-20T08:00:00Z"}],"connection":{"app_secret_set":true,"verify_token_set":true,"last_handshake_at":"2026-08-30T01:58:00Z","last_refusal":null,"last_refusal_at":null},"keys":{"admin":1,"analyst":0,"export":0,"ingest":2},"disk":{"free_bytes":81604378624,"files":[{"name":"inbox.sqlite","bytes":51200000}],"last_backup_at":null}}
        """#
}
