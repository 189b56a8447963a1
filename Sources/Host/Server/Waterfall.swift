/// A run as a picture: each step a bar, from when it was asked for to its answer.
enum Waterfall {
    private static let width = 900
    private static let labelWidth = 300
    private static let rowHeight = 20
    private static let topHeight = 24
    /// More would be no picture any more; the table below has them all.
    static let stepsMax = 200

    static func picture(of detail: RunHistory.Detail) -> HTMLText {
        let steps = detail.steps.prefix(stepsMax)
        guard let first = steps.first else { return "<p>It asked for nothing.</p>" }
        let startMS = min(detail.run.startedMS, first.atMS)
        let endMS = max(
            steps.map { $0.atMS + max($0.tookMS, 1) }.max() ?? startMS + 1, startMS + 1)
        // A sleep of days would leave the rest invisible: long pauses are cut to a tenth of the picture.
        let scale = Scale(steps: Array(steps), startMS: startMS, endMS: endMS, width: width - labelWidth)
        let height = topHeight + steps.count * rowHeight + 4
        let rows = steps.enumerated().map { place, step -> HTMLText in
            let y = topHeight + place * rowHeight
            let (from, to) = (scale.x(step.atMS), scale.x(step.atMS + max(step.tookMS, 0)))
            let kind = step.isFailure ? "bad" : step.state == .asked ? "open" : step.name == "sleep" ? "sleep" : "good"
            return """
                <g><text x="0" y="\(y + 13)">\(step.step + 1) \(step.name) \(clipped(step.subject))</text>\
                <rect class="\(kind)" x="\(labelWidth + from)" y="\(y + 3)" width="\(max(to - from, 2))" \
                height="\(rowHeight - 6)" rx="2">\
                <title>\(step.name) \(step.subject): \(step.tookMS) ms</title></rect></g>
                """
        }
        let more: HTMLText =
            detail.steps.count > stepsMax ? "<p>The first \(stepsMax) of \(detail.steps.count) steps.</p>" : ""
        return """
            <div class="wide"><svg class="waterfall" viewBox="0 0 \(width) \(height)" role="img" \
            aria-label="The run's steps over time">
            <text class="axis" x="\(labelWidth)" y="14">0 ms</text>\
            <text class="axis end" x="\(width)" y="14">\(endMS - startMS) ms</text>\(rows)</svg></div>\(more)
            """
    }

    private static func clipped(_ text: String) -> String {
        text.count <= 30 ? text : text.prefix(29) + "…"
    }

    /// Time to pixels, gaps and sleeps shortened.
    private struct Scale {
        private var marks: [(ms: Int64, x: Double)] = []

        init(steps: [JournalEntry], startMS: Int64, endMS: Int64, width: Int) {
            var times = Set([startMS, endMS])
            for step in steps {
                times.insert(step.atMS)
                times.insert(step.atMS + max(step.tookMS, 0))
            }
            let sorted = times.sorted()
            let spans = zip(sorted, sorted.dropFirst()).map { Double($1 - $0) }
            let median = spans.sorted()[spans.count / 2]
            let most = max(median * 20, Double(endMS - startMS) / 10)
            let total = spans.reduce(0) { $0 + min($1, most) }
            var x = 0.0
            marks.append((startMS, 0))
            for (time, span) in zip(sorted.dropFirst(), spans) {
                x += min(span, most) / max(total, 1) * Double(width)
                marks.append((time, x))
            }
        }

        func x(_ ms: Int64) -> Int { Int(marks.first { $0.ms == ms }?.x ?? 0) }
    }
}
