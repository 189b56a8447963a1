/// How the console looks: one sheet, no fonts or pictures from elsewhere, dark where the reader's system is.
enum ConsoleStyle {
    static let text = """
        :root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6675; --line: #d8dee6; --paper: #fff; \
        --back: #f4f6f9;
          --good: #2c7a4b; --going: #2563b0; --bad: #b3261e; --sleep: #a7b4c4; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --quiet: #9aa7b8; --line: #333d4a; \
        --paper: #171c23;
          --back: #10141a; --good: #63c08a; --going: #7db1f0; --bad: #f2827a; --sleep: #56647a; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
        header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; padding: .6rem 1rem; \
        background: var(--paper);
          border-bottom: 1px solid var(--line); }
        nav { display: flex; flex-wrap: wrap; gap: .9rem; flex: 1; }
        a { color: var(--going); }
        main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
        main.narrow { max-width: 24rem; margin-top: 12vh; }
        h1 { font-size: 1.35rem; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
        section, table, pre, .waterfall { background: var(--paper); border: 1px solid var(--line); \
        border-radius: 6px; }
        section { padding: .1rem 1rem .6rem; margin-bottom: 1rem; }
        section table { border: 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--quiet); font-weight: 600; }
        tbody tr:last-child td { border-bottom: 0; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        pre { padding: .7rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
        .badge { padding: .05rem .5rem; border-radius: 1rem; border: 1px solid currentColor; font-size: .85em; }
        .done { color: var(--good); } .going { color: var(--going); } .dead { color: var(--bad); }\
         .dropped { color: var(--quiet); }
        .failure { color: var(--bad); overflow-wrap: anywhere; }
        .filter, .actions { display: flex; flex-wrap: wrap; gap: .8rem; align-items: center; margin-bottom: 1rem; }
        .actions form { display: flex; gap: .5rem; align-items: center; }
        input, select, button { font: inherit; padding: .3rem .6rem; border: 1px solid var(--line); \
        border-radius: 5px;
          background: var(--paper); color: var(--ink); }
        input[type=password] { width: 100%; margin: .3rem 0 .8rem; } input[type=number] { width: 6rem; }
        button { cursor: pointer; } button.quiet { color: var(--quiet); }
        .waterfall { width: 100%; min-width: 40rem; padding: .5rem; font-size: 12px; }
        .waterfall text { fill: var(--ink); } .waterfall .axis { fill: var(--quiet); }\
         .waterfall .end { text-anchor: end; }
        .waterfall .good { fill: var(--good); } .waterfall .bad { fill: var(--bad); }\
         .waterfall .sleep { fill: var(--sleep); }
        .waterfall .open { fill: none; stroke: var(--going); stroke-dasharray: 3 2; }

        """
}
