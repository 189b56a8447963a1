/// How the portal's page looks: system fonts, light or dark as the reader's system is, no outside assets.
enum PageStyle {
    static let css: StaticString = """
        :root{color-scheme:light dark;--bg:#f4f6f8;--card:#fff;--ink:#1c2733;--dim:#65748a;--line:#e1e7ee;
        --accent:#0b6bcb;--busy:#dcebfb;--busyline:#5a9fe6;--free:#e7f4e8;--freeline:#6bb06f;--absent:#fbe9e2;
        --absentline:#e08a63;--good:#1d7f43;--bad:#bf3327;--rest:#f8fafb;--today:#fffbea}
        @media (prefers-color-scheme:dark){:root{--bg:#12171d;--card:#1a222b;--ink:#e6edf4;--dim:#93a3b5;
        --line:#2a3541;--accent:#6cb6ff;--busy:#1c3854;--busyline:#4c95de;--free:#1d3a26;--freeline:#5fa968;
        --absent:#4a2b1f;--absentline:#d68259;--good:#6fd195;--bad:#ff8b80;--rest:#161d25;--today:#26241a}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
        font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        header{padding:22px 28px 14px;max-width:1500px;margin:auto}h1{font-size:24px;margin:0;letter-spacing:-.01em}
        header p{margin:4px 0 0;color:var(--dim)}main{max-width:1500px;margin:auto;padding:0 28px 40px}
        nav{margin-top:10px;display:flex;flex-wrap:wrap;gap:6px 16px}nav a{color:var(--accent);text-decoration:none}
        nav a:hover{text-decoration:underline}section{background:var(--card);border:1px solid var(--line);
        border-radius:12px;padding:16px 18px 18px;margin-top:18px;overflow-x:auto}
        h2{font-size:17px;margin:0 0 12px}h2 small,h3 small{color:var(--dim);font-weight:400;font-size:13px;
        margin-left:8px}h3{font-size:14px;margin:16px 0 8px}h3:first-of-type{margin-top:0}
        table{border-collapse:collapse;width:100%}th{font-weight:600;text-align:left;color:var(--dim);font-size:12px}
        th,td{padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.id{color:var(--dim)}
        .dim{color:var(--dim)}.empty{color:var(--dim);margin:0}.two{display:grid;gap:0 18px;
        grid-template-columns:repeat(auto-fit,minmax(min(100%,560px),1fr))}.two section{min-width:0}
        .two td{font-size:14px}.two td:first-child{color:var(--dim);white-space:nowrap}
        .week{table-layout:fixed;min-width:1000px}.week th:first-child{width:150px}
        .week td{padding:6px;border-left:1px solid var(--line);height:44px}.week td:first-child{border-left:0;
        padding-left:0}.week .rest{background:var(--rest)}.week .today{background:var(--today)}
        .week th{padding-left:8px}.who b{display:block;font-weight:600}.who span{color:var(--dim);font-size:12px}
        .ev{background:var(--busy);border-left:3px solid var(--busyline);border-radius:5px;padding:3px 7px 4px;
        margin-bottom:4px;font-size:12.5px;line-height:1.3;overflow-wrap:anywhere}.ev time{display:block;
        font-size:11px;color:var(--dim)}.ev.free{background:var(--free);border-color:var(--freeline)}
        .ev.absent{background:var(--absent);border-color:var(--absentline)}.tag{display:inline-block;
        border:1px solid var(--line);border-radius:9px;padding:0 7px;font-size:11px;color:var(--dim);
        background:var(--card);white-space:nowrap}.board{display:grid;grid-auto-flow:column;
        grid-auto-columns:minmax(150px,1fr);gap:10px}.col{background:var(--rest);border:1px solid var(--line);
        border-top:3px solid var(--stage,#9fb2c6);border-radius:8px;padding:8px}.col h4{margin:0 0 8px;font-size:13px;
        display:flex;justify-content:space-between;gap:8px}.col h4 span{color:var(--dim);font-weight:400}
        .col.P{--stage:#5a9fe6}.col.S{--stage:#4caf6d}.col.F{--stage:#d9685c}.deal{background:var(--card);
        border:1px solid var(--line);border-radius:7px;padding:6px 8px;margin-bottom:6px;font-size:13px;
        overflow-wrap:anywhere}.deal p{margin:2px 0 0;color:var(--dim);font-size:12px;display:flex;
        justify-content:space-between;gap:8px}.deal span+span{white-space:nowrap}
        code{font:13px/1.4 ui-monospace,"DejaVu Sans Mono",monospace}
        .good{color:var(--good)}.bad{color:var(--bad)}td p{margin:0}
        """
}
