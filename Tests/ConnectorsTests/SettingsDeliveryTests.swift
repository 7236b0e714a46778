import Connectors
import Domain
import Testing

private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
private func interval(_ from: Int, _ to: Int) -> WorkCalendar.Interval { WorkCalendar.Interval(from: from, to: to) }

private func failure(_ body: String) -> Failure? {
    do throws(Failure) {
        _ = try SettingsDelivery.read(Array(body.utf8))
        return nil
    } catch {
        return error
    }
}

@Suite("Settings as they are sent: opening hours")
struct CalendarDeliveryTests {
    private func calendar(_ body: String) throws -> WorkCalendar {
        let events = try SettingsDelivery.read(Array(body.utf8))
        guard events.count == 1, case .calendar(let change) = events[0] else {
            throw Failure(.internal, id: "bukan kalender", en: "not a calendar")
        }
        return try #require(change.calendar)
    }

    private func weekly(_ weekly: String) throws -> [Int: [WorkCalendar.Interval]] {
        try calendar(#"{"calendar":{"scope":"workspace","timezone":"Asia/Jakarta","weekly":\#(weekly)}}"#).weekly
    }

    @Test func everythingAtOnce() throws {
        let read = try calendar(
            #"""
            {"calendar": {
              "scope": {"team": "cs-1"}, "timezone": "Asia/Jakarta",
              "weekly": {"mon": ["08:00-12:00", "13:00-17:00"], "sun": ["00:00-24:00"]},
              "holidays": [{"date": "2026-01-01", "name": "Tahun Baru"}, "2026-12-31"],
              "specials": [{"name": "Ramadan", "from": "2026-02-19", "to": "2026-03-20", "weekly": {"mon": ["08:00-15:00"]}}]
            }}
            """#)
        #expect(
            read
                == WorkCalendar(
                    scope: .team("cs-1"), timeZone: "Asia/Jakarta",
                    weekly: [1: [interval(480, 720), interval(780, 1020)], 7: [interval(0, 1440)]],
                    holidays: [
                        .init(date: try day("2026-01-01"), name: "Tahun Baru"),
                        .init(date: try day("2026-12-31"), name: ""),
                    ],
                    specials: [
                        .init(
                            name: "Ramadan", from: try day("2026-02-19"), to: try day("2026-03-20"),
                            weekly: [1: [interval(480, 900)]])
                    ]))
    }

    @Test func waysToWriteAWeek() throws {
        let five = Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [interval(480, 1020)]) })
        #expect(try weekly(#"{"mon-fri":["08:00-17:00"]}"#) == five)
        #expect(try weekly(#"{"Mon-Fri":"8.00 – 17.00"}"#) == five)
        #expect(try weekly(#"{"mon-fri":["8:00-17:00"],"sat":[],"sun":null}"#) == five)
        #expect(
            try weekly(#"{"sat":["13:00-17:00","08:00-12:00"]}"#) == [6: [interval(480, 720), interval(780, 1020)]])
    }

    @Test func removal() throws {
        for (scope, expected) in [
            (#""workspace""#, WorkCalendar.Scope.workspace), (#"{"phone_number":"1065"}"#, .phoneNumber("1065")),
            (#"{"team":"cs-1"}"#, .team("cs-1")),
        ] {
            let body = #"{"calendar":{"scope":\#(scope),"removed":true}}"#
            #expect(
                try SettingsDelivery.read(Array(body.utf8)) == [
                    .calendar(CalendarChange(scope: expected, calendar: nil))
                ])
        }
        #expect(
            failure(#"{"calendar":{"scope":"workspace","removed":true,"weekly":{}}}"#)?.message.en.contains("weekly")
                == true)
    }

    @Test(
        "Complaints name the member",
        arguments: [
            (#"{"calendar":{"timezone":"UTC","weekly":{}}}"#, "calendar: scope is missing"),
            (#"{"calendar":{"scope":"team","timezone":"UTC","weekly":{}}}"#, "calendar.scope"),
            (#"{"calendar":{"scope":{"team":"a","phone_number":"b"},"weekly":{}}}"#, "calendar.scope"),
            (#"{"calendar":{"scope":{"team":" "},"timezone":"UTC","weekly":{}}}"#, "calendar.scope.team"),
            (#"{"calendar":{"scope":"workspace","weekly":{}}}"#, "calendar: timezone is missing"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC"}}"#, "calendar: weekly is missing"),
            (#"{"calendar":{"scope":"workspace","timezone":"WIB","weekly":{"mon":["0:00-1:00"]}}}"#, "WIB"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"senin":[]}}}"#, "calendar.weekly"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"fri-mon":[]}}}"#, "calendar.weekly"),
            (
                #"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon-tue":[],"tue":[]}}}"#,
                "calendar.weekly.tue"
            ),
            (
                #"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":["09:00-12:00","13-17"]}}}"#,
                "calendar.weekly.mon[1]"
            ),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":["9:00-24:01"]}}}"#, "mon[0]"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":["9:60-12:00"]}}}"#, "mon[0]"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":[900]}}}"#, "mon[0]"),
            (#"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":["22:00-06:00"]}}}"#, "midnight"),
            (#"{"calendar":{"scope":"workspace","time_zone":"UTC","weekly":{}}}"#, "\"time_zone\""),
            (
                #"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":"9:00-17:00"},"holidays":["1 Mei"]}}"#,
                "calendar.holidays[0]"
            ),
            (
                #"{"calendar":{"scope":"workspace","timezone":"UTC","weekly":{},"specials":[{"from":"2026-02-30"}]}}"#,
                "calendar.specials[0]"
            ),
            (#"{"calendar":[]}"#, "calendar: must be a JSON object"),
            (#"{"calendars":{}}"#, "calendars: must be a list"),
            (#"{"calender":{}}"#, "\"calender\""), (#"{}"#, "names nothing"), (#"[]"#, "Body"),
            (#"{"calendar":"#, "byte"),
        ])
    func complaints(_ body: String, _ reason: String) throws {
        let told = try #require(failure(body))
        #expect(told.message.en.contains(reason), "\(told.message.en)")
        #expect(told.message.id != told.message.en)
    }

    @Test func twoForOneScope() {
        let calendar = #"{"scope":"workspace","timezone":"UTC","weekly":{"mon":["09:00-17:00"]}}"#
        #expect(
            failure(#"{"calendars":[\#(calendar),\#(calendar)]}"#)?.message.en.contains("same scope") == true)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let calendars = [
            WorkCalendar(
                scope: .workspace, timeZone: "Asia/Makassar",
                weekly: [1: [interval(0, 1), interval(1439, 1440)], 6: [interval(545, 1020)]],
                holidays: [.init(date: try day("2026-05-01"), name: "Hari \"Buruh\"")],
                specials: [
                    .init(
                        name: "Ramadan", from: try day("2027-02-08"), to: try day("2027-03-09"),
                        weekly: [5: [interval(480, 690)]]),
                    .init(name: "Tutup", from: try day("2027-03-09"), to: try day("2027-03-15"), weekly: [:]),
                ]),
            WorkCalendar(scope: .phoneNumber("106540352242922"), timeZone: "UTC", weekly: [7: [interval(0, 1440)]]),
        ]
        let changes = calendars.map { Event.calendar(CalendarChange(scope: $0.scope, calendar: $0)) }
        #expect(try SettingsDelivery.read(SettingsDelivery.encode(calendars)) == changes)
        for calendar in calendars {
            for change in [
                CalendarChange(scope: calendar.scope, calendar: calendar),
                CalendarChange(scope: calendar.scope, calendar: nil),
            ] {
                let body = SettingsDelivery.encode(change)
                #expect(SettingsDelivery.decode(body, receivedAt: Instant(seconds: 0)) == [.calendar(change)])
            }
        }
    }
}

@Suite("Settings as they are sent: service targets")
struct TargetDeliveryTests {
    private func targets(_ list: String) throws -> [ServiceTarget]? {
        let events = try SettingsDelivery.read(Array(#"{"service_targets":\#(list)}"#.utf8))
        guard events.count == 1, case .serviceTargets(let targets) = events[0] else { return nil }
        return targets
    }

    @Test func everyMember() throws {
        let read = try targets(
            #"""
            [{"responder":"human","team":"cs-1","phone_number":"1065","priority":"urgent","within":"15m","clock":"business"},
             {"responder":"Bot","within":30}, {"within":"1h30m","clock":"elapsed"}]
            """#)
        #expect(
            read == [
                ServiceTarget(
                    responder: .human, phoneNumber: "1065", team: "cs-1", priority: "urgent", seconds: 900,
                    clock: .business),
                ServiceTarget(responder: .bot, seconds: 30), ServiceTarget(seconds: 5400),
            ])
        #expect(try targets("[]") == [])
    }

    @Test(arguments: [
        ("\"90s\"", 90), ("\"2d\"", 172_800), ("\"1 h 5 m\"", 3900), ("\"60\"", 60), ("7776000", 7_776_000),
    ])
    func lengths(_ text: String, _ seconds: Int64) throws {
        #expect(try targets(#"[{"within":\#(text)}]"#)?.first?.seconds == seconds)
    }

    @Test(arguments: [
        "0", "-5", "1.5", "\"\"", "\"m\"", "\"5m1h\"", "\"5m5m\"", "\"91d\"", "\"99999999999999999999d\"", "true", "[]",
        "\"15 menit\"", "9e99",
    ])
    func notALength(_ text: String) {
        #expect(failure(#"{"service_targets":[{"within":\#(text)}]}"#)?.message.en.contains("[0].within") == true)
    }

    @Test(arguments: [
        (#"[{}]"#, "within is missing"), (#"[{"within":60,"responder":"none"}]"#, "[0].responder"),
        (#"[{"within":60,"clock":"open"}]"#, "[0].clock"), (#"{"within":60}"#, "must be a list"),
        (#"[{"within":60,"agent":"a"}]"#, "\"agent\""),
        (#"[{"within":60},{"within":90,"clock":"business"}]"#, "service_targets[1]"),
    ])
    func complaints(_ list: String, _ reason: String) throws {
        let told = try #require(failure(#"{"service_targets":\#(list)}"#))
        #expect(told.message.en.contains(reason), "\(told.message.en)")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let targets = [
            ServiceTarget(responder: .unknown, priority: "tinggi", seconds: 1),
            ServiceTarget(responder: .human, phoneNumber: "1065", seconds: 93_784, clock: .business),
            ServiceTarget(team: "cs-1", seconds: 86_400),
        ]
        let body = SettingsDelivery.encode(targets)
        #expect(SettingsDelivery.decode(body, receivedAt: Instant(seconds: 0)) == [.serviceTargets(targets)])
        // 93 784 s are a day, 2 hours, 3 minutes and 4 seconds.
        #expect(String(decoding: body, as: UTF8.self).contains(#""within":"1d2h3m4s""#))
    }

    @Test func storedBytesNeverThrow() {
        let now = Instant(seconds: 0)
        #expect(
            SettingsDelivery.decode(Array("{".utf8), receivedAt: now)
                == [.notUnderstood(NotUnderstood(field: "settings", reason: .notJSON))])
        #expect(
            SettingsDelivery.decode(Array(#"{"calendar":{}}"#.utf8), receivedAt: now)
                == [.notUnderstood(NotUnderstood(field: "settings", reason: .badValue))])
    }

    @Test func oneBodyMaySetBoth() throws {
        let body =
            #"{"service_targets":[{"within":60}],"calendar":{"scope":"workspace","timezone":"UTC","weekly":{"mon":"9:00-17:00"}}}"#
        let events = try SettingsDelivery.read(Array(body.utf8))
        #expect(events.count == 2)
        #expect(events.last == .serviceTargets([ServiceTarget(seconds: 60)]))
    }
}
