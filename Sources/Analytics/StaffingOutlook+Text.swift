import Domain
import Insights

extension StaffingOutlook {
    package static let columns = [
        "time", "customers", "lo80", "hi80", "agents", "agents_lo80", "agents_hi80", "rostered", "service_level",
        "abandonment", "occupancy",
    ]

    package static func numbers(_ need: StaffingPlan.Need) -> [Double] {
        [
            need.demand.volume.mean, need.demand.volume.lower80, need.demand.volume.upper80, Double(need.agents),
            Double(need.agentsLower80), Double(need.agentsUpper80), Double(need.rostered), need.figures.serviceLevel,
            need.figures.abandonment, need.figures.occupancy,
        ].map(VolumeForecast.rounded)
    }

    /// The rows of `columns`, by quarter hours; those of closed ones left out.
    package var csv: String {
        CSVText.table(
            Self.columns,
            (plan?.needs ?? []).filter(\.demand.isOpen).map { need in
                [clock.rfc3339(need.demand.start)] + Self.numbers(need).map { $0.description }
            })
    }

    package func json() -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 64 * 1_024)
        writer.object { writer in
            writer.member("timezone", clock.identifier)
            writer.member("assumptions", object: write(assumptions:))
            writer.member("customers_expected", VolumeForecast.rounded(expected))
            writer.member("customers_while_closed", VolumeForecast.rounded(expectedClosed))
            writer.member("agent_hours", plan.map { VolumeForecast.rounded($0.agentHours) })
            writer.member("peak_rostered", peak?.rostered)
            writer.member(
                "quarter_hours",
                array: { list in
                    for need in plan?.needs ?? [] where need.demand.isOpen {
                        list.object { writer in
                            writer.member("time", clock.rfc3339(need.demand.start))
                            for (name, number) in zip(Self.columns.dropFirst(), Self.numbers(need)) {
                                writer.member(name, number)
                            }
                        }
                    }
                })
            writer.member(
                "shifts",
                array: { list in
                    for row in shifts?.rows ?? [] {
                        list.object {
                            $0.member("date", row.date.description)
                            $0.member("shift", row.pattern.name)
                            $0.member("from", clock.rfc3339(row.from))
                            $0.member("to", clock.rfc3339(row.to))
                            $0.member("agents", row.agents)
                        }
                    }
                })
            writer.member(
                "uncovered",
                array: { list in
                    for start in shifts?.uncoverable ?? [] { list.string(clock.rfc3339(start)) }
                })
            writer.member(
                "what_if",
                array: { list in
                    for trial in trials {
                        list.object {
                            $0.member("agents", trial.agents)
                            $0.member("service_level", VolumeForecast.rounded(trial.figures.serviceLevel))
                            $0.member("abandonment", VolumeForecast.rounded(trial.figures.abandonment))
                            $0.member("occupancy", VolumeForecast.rounded(trial.figures.occupancy))
                            $0.member("mean_wait_seconds", trial.figures.meanWaitSeconds.map(VolumeForecast.rounded))
                            $0.member("quarter_hours_met", VolumeForecast.rounded(trial.met))
                        }
                    }
                })
            writer.member(
                "notes",
                array: { list in
                    for note in remarks { list.object { note.write(to: &$0) } }
                })
        }
        return writer
    }

    private func write(assumptions writer: inout JSONWriter) {
        writer.member("target_seconds", target.seconds)
        writer.member("target_share", target.serviceLevel)
        writer.member("target_is_own", isOwnTarget)
        writer.member("handling_seconds", question.handlingSeconds)
        writer.member("chats", question.chats)
        writer.member("slowdown", question.slowdown)
        writer.member("shrinkage", question.shrinkage)
        writer.member("patience_seconds", patience.map { VolumeForecast.rounded($0.seconds) })
        writer.member("has_calendar", hasCalendar)
    }

    // MARK: In words

    /// What the reader should know before believing it.
    package var remarks: [Text] {
        var remarks = notes
        if !hasCalendar {
            remarks.append(
                Text(
                    id: "Jam buka belum diatur, jadi dianggap buka 24 jam. Atur di Pengaturan › Jam kerja.",
                    en: "No opening hours are set, so it counts as open day and night. Set them in Settings › Working "
                        + "hours."))
        }
        if expected > 0, expectedClosed / expected > 0.05 {
            let share = Figure.percent(expectedClosed / expected)
            remarks.append(
                Text(
                    id:
                        "\(share.id) giliran datang saat tutup; mereka menunggu sampai buka dan tidak dihitung di "
                        + "sini.",
                    en: "\(share.en) of turns come while closed; they wait until opening and are not counted here."))
        }
        if let shifts, !shifts.uncoverable.isEmpty {
            let hours = Figure.number(Double(shifts.uncoverable.count) / 4, decimals: 0)
            remarks.append(
                Text(
                    id: "\(hours.id) jam yang perlu orang tidak tertutup sif mana pun.",
                    en: "\(hours.en) hours that need people lie in no shift."))
        }
        return remarks
    }

    /// How a number of agents would do; nil when none was asked about.
    package var trialSentence: Text? {
        guard let agents = question.agents, let given = trials.first(where: { $0.agents == agents }) else { return nil }
        let time = Self.duration(target.seconds)
        let level = Figure.percent(given.figures.serviceLevel)
        let leaving = Figure.percent(given.figures.abandonment)
        var text = Text(
            id: "Dengan \(agents) agen: \(level.id) dijawab dalam \(time.id), \(leaving.id) pergi sebelum dijawab.",
            en: "With \(agents) agents: \(level.en) answered within \(time.en), \(leaving.en) leave before that.")
        if let more = trials.first(where: { $0.agents == agents + 1 }) {
            let level = Figure.percent(more.figures.serviceLevel)
            let leaving = Figure.percent(more.figures.abandonment)
            text = Text(
                id: text.id + " Dengan satu lagi \(level.id) dan \(leaving.id).",
                en: text.en + " With one more, \(level.en) and \(leaving.en).")
        }
        if let fewer = trials.first(where: { $0.agents == agents - 1 }) {
            let level = Figure.percent(fewer.figures.serviceLevel)
            text = Text(id: text.id + " Kurang satu: \(level.id).", en: text.en + " With one fewer: \(level.en).")
        }
        return text
    }

    package static func duration(_ seconds: Double) -> Text {
        let (size, id, en): (Double, String, String) =
            seconds < 120
            ? (1, "detik", "seconds") : seconds < 7_200 ? (60, "menit", "minutes") : (3_600, "jam", "hours")
        let number = Figure.number(seconds / size, decimals: (seconds / size).rounded() == seconds / size ? 0 : 1)
        return Text(id: "\(number.id) \(id)", en: "\(number.en) \(en)")
    }
}
