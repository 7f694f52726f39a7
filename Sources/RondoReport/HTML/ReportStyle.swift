/// The page's only style sheet: light, dark, print, wide and narrow. Text contrast is at least 4.5 to 1 in both themes.
enum ReportStyle {
    static let text = """
        \(theme(":root", light))
        @media (prefers-color-scheme:dark){\(theme(":root:not([data-theme=light])", dark))}
        \(theme(":root[data-theme=dark]", dark))
        \(base)
        \(parts)
        \(charts)
        \(media)
        """

    /// The style of a picture on its own: the light theme on white, as paper.
    static let picture = """
        svg{\(light);background:#fff;font-family:system-ui,sans-serif}
        \(charts)
        svg .head{fill:var(--ink);font-size:15px;font-weight:600}
        """

    /// The colours of the light and the dark theme.
    static let themes = [light, dark]

    private static func theme(_ selector: String, _ values: String) -> String { "\(selector){\(values)}" }

    private static let light =
        "color-scheme:light;--page:#f7f7f4;--card:#fff;--ink:#1b2025;--quiet:#57616b;--line:#dcdfe0;--code:#f2f3f0;--accent:#0a5c99;"
        + "--good:#17683a;--bad:#ad2117;--warn:#7d4a00;--goodbg:#e9f5ed;--badbg:#fcecea;--warnbg:#fdf4e3;"
        + "--c1:#1f6fb2;--c2:#c2500a;--c3:#0f8a63;--c4:#a8508a;--c5:#8a6d00;--c6:#4b5563"

    private static let dark =
        "color-scheme:dark;--page:#13161a;--card:#1a1e23;--ink:#e5e8ea;--quiet:#a2adb7;--line:#333b43;--code:#20252b;--accent:#7dbdf2;"
        + "--good:#74d09a;--bad:#ff8f85;--warn:#efb65f;--goodbg:#16291e;--badbg:#321b1a;--warnbg:#2e2414;"
        + "--c1:#5aa9e6;--c2:#f08a4b;--c3:#3fc498;--c4:#d98cc0;--c5:#d9b93b;--c6:#a8b3bf"

    private static let base = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        a{color:var(--accent);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        main:focus{outline:none}
        .skip{position:absolute;left:-999rem}
        .skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:9}
        .wrap,.page{max-width:76rem;margin:0 auto;padding:0 2rem}
        h1{font-size:2rem;line-height:1.2;letter-spacing:-.015em;margin:0}
        h2{font-size:1.4rem;letter-spacing:-.01em;line-height:1.25;margin:2.75rem 0 .9rem}
        h3{font-size:1.2rem;line-height:1.3;margin:2rem 0 .5rem}
        h4,h5,h6{font-size:1.02rem;margin:1.5rem 0 .4rem}
        h2,h3,h4,article{scroll-margin-top:1rem}
        p{margin:.5rem 0}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
        button{font:inherit;color:inherit;background:none;border:1px solid var(--line);border-radius:6px;padding:.15rem .6rem;cursor:pointer}
        button:hover{border-color:var(--accent);color:var(--accent)}
        blockquote{margin:.8rem 0;padding:.1rem 1rem;border-left:3px solid var(--line);color:var(--quiet)}
        hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
        .quiet,.detail,.address{color:var(--quiet)}
        """

    private static let parts = """
        .top{background:var(--card);border-bottom:1px solid var(--line);padding:2.4rem 0 1.6rem}
        .subtitle{color:var(--quiet);font-size:1.08rem;margin:.4rem 0 0;max-width:46rem}
        .facts,.figures{display:flex;flex-wrap:wrap;gap:.5rem 1.8rem;margin:1.2rem 0 0}
        .facts dt,.figures dt{color:var(--quiet);font-size:.8rem;line-height:1.3}
        .facts dd,.figures dd{margin:0;font-variant-numeric:tabular-nums}
        .figures{margin:.6rem 0;gap:.5rem 1.6rem}
        .figures dd{font-weight:600;font-size:1.06rem}
        .rest div{display:flex;gap:.4em;font-size:.88rem}
        .rest :is(dt,dd){color:var(--quiet);font-weight:400;font-size:inherit;line-height:inherit}
        .page{display:grid;grid-template-columns:15.5rem minmax(0,1fr);gap:3rem;align-items:start}
        main{min-width:0;padding-bottom:4rem;max-width:54rem}
        .contents{position:sticky;top:0;max-height:100vh;overflow:auto;padding:2.4rem 0 2rem;font-size:.88rem;line-height:1.4;scrollbar-width:thin}
        .contents .label{color:var(--quiet);font-size:.8rem;margin:1rem 0 .4rem}
        .contents ul{list-style:none;margin:0;padding:0}
        .contents a{display:block;color:var(--ink);text-decoration:none;padding:.22rem .6rem;border-left:2px solid var(--line)}
        .contents a:hover{color:var(--accent)}
        .contents a[aria-current]{border-color:var(--accent);color:var(--accent);font-weight:600}
        .contents .l1 a{font-weight:600}
        .contents .l2 a{padding-left:1.2rem}
        .contents .l3 a{padding-left:1.2rem;color:var(--quiet);white-space:nowrap;display:flex;gap:.5em;align-items:baseline}
        .contents .l3 code{font-size:.8rem;overflow:hidden;text-overflow:ellipsis;min-width:0}
        .contents strong{color:var(--bad)}
        .tools{display:flex;gap:.5rem;flex-wrap:wrap}
        .verdict{border:1px solid var(--line);border-left:5px solid var(--quiet);border-radius:8px;background:var(--card);padding:1rem 1.3rem}
        .verdict.met{border-left-color:var(--good);background:var(--goodbg)}
        .verdict.missed{border-left-color:var(--bad);background:var(--badbg)}
        .verdict .wish{font-size:1.15rem;font-weight:600;margin:0}
        .verdict .result{margin:.3rem 0 .6rem;font-weight:600}
        .verdict.met .result,.verdict .met strong{color:var(--good)}
        .verdict.missed .result,.verdict .missed strong{color:var(--bad)}
        .verdict ul{margin:.4rem 0 0;padding-left:1.2rem}
        .verdict .condition{font-variant-numeric:tabular-nums}
        .attention li,.register li{margin:.3rem 0}
        .attention,.register{padding-left:1.2rem}
        .kind{font-weight:600}
        .cell{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.7rem 1.2rem 1rem;margin:1rem 0}
        .cell.failed{border-left:5px solid var(--bad)}
        .cell.stale{border-left:5px solid var(--warn)}
        .state{color:var(--bad)}
        .stale .state{color:var(--warn)}
        .source summary{color:var(--quiet);font-size:.82rem;cursor:pointer;width:max-content;max-width:100%}
        pre{position:relative;background:var(--code);border-radius:6px;margin:.4rem 0 .7rem;padding:.6rem .85rem;white-space:pre-wrap}
        pre button{position:absolute;top:.35rem;right:.4rem;font:500 .78rem/1.3 system-ui,sans-serif;background:var(--card);opacity:0}
        pre:hover button,pre button:focus{opacity:1}
        pre .s{color:var(--good)}
        pre .k{color:var(--quiet)}
        .answer b{font-weight:650;font-variant-numeric:tabular-nums}
        .answer.good{color:var(--good)}
        .warning,.answer.warning{color:var(--warn);background:var(--warnbg);border-radius:6px;padding:.35rem .75rem}
        .error{color:var(--bad);background:var(--badbg);border-radius:6px;padding:.3rem .85rem;margin-top:.5rem}
        .error code{color:var(--ink)}
        .scroll{overflow:auto;width:fit-content;max-width:100%;margin:.8rem 0;border:1px solid var(--line);border-radius:8px;background:\(edges)}
        .tall{max-height:42rem}
        table{border-collapse:collapse;min-width:16rem;font-size:.9rem;line-height:1.35;overflow-wrap:normal}
        caption{text-align:left;padding:.55rem .8rem;color:var(--quiet);font-size:.85rem}
        caption.hidden{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        th,td{padding:.34rem .8rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
        thead th{color:var(--quiet);font-weight:600;white-space:nowrap;border-top:0;box-shadow:inset 0 -1px var(--line)}
        tbody th{font-weight:500;position:sticky;left:0;background:var(--card)}
        :is(.wide,.widest) td:not(.n){max-width:16rem;min-width:max-content}
        tbody tr:first-child>*{border-top:0}
        .tall thead th{position:sticky;top:0;background:var(--card)}
        .keyed thead th:first-child{position:sticky;left:0;z-index:1;background:var(--card)}
        tbody tr:hover>*{background:var(--code)}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .plain{white-space:pre-wrap}
        .gap{color:var(--quiet);text-align:center;font-style:italic}
        .missing{color:var(--quiet)}
        thead button{border:0;padding:0;font-weight:600;border-radius:2px}
        th[aria-sort] button{color:var(--accent)}
        th[aria-sort=ascending] button::after{content:" \\2191"}
        th[aria-sort=descending] button::after{content:" \\2193"}
        #data td:last-child{font-family:ui-monospace,monospace;font-size:.78rem;overflow-wrap:anywhere;min-width:16rem}
        footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;color:var(--quiet);font-size:.88rem}
        """

    /// A shade at the edge beyond which a table goes on; what is scrolled to the end covers it.
    private static let edges = """
        linear-gradient(90deg,var(--card) 30%,transparent) 0 0/2.5rem 100% no-repeat local,\
        linear-gradient(270deg,var(--card) 30%,transparent) 100% 0/2.5rem 100% no-repeat local,\
        linear-gradient(90deg,var(--line),transparent) 0 0/.9rem 100% no-repeat,\
        linear-gradient(270deg,var(--line),transparent) 100% 0/.9rem 100% no-repeat var(--card)
        """

    private static let charts = """
        .chart{margin:1rem 0;max-width:35rem}
        figcaption{font-weight:600;margin-bottom:.35rem}
        svg{display:block;width:100%;height:auto;overflow:visible}
        svg text{font-size:12px;fill:var(--quiet);font-variant-numeric:tabular-nums}
        svg .strong{fill:var(--ink)}
        svg .name{fill:var(--ink)}
        svg .grid{stroke:var(--line);fill:none;stroke-width:1}
        svg .axis{stroke:var(--quiet);fill:none;stroke-width:1}
        \((1...6).map { ".c\($0){--c:var(--c\($0))}" }.joined())
        .fill{fill:var(--c)}
        .pale{opacity:.55}
        .box{fill:none;stroke:var(--c);stroke-width:1.6}
        .line{fill:none;stroke:var(--c);stroke-width:2.2;stroke-linejoin:round}
        .dot{fill:none;stroke:var(--c);stroke-width:6.5;stroke-linecap:round}
        .cross{fill:none;stroke:var(--c);stroke-width:2}
        .ring{fill:none;stroke:var(--c);stroke-width:1.2}
        .middle{stroke:var(--ink);stroke-width:2.4;fill:none}
        .d2{stroke-dasharray:7 4}
        .d3{stroke-dasharray:2 3.5}
        .d4{stroke-dasharray:9 3 2 3}
        .numbers summary{color:var(--quiet);font-size:.85rem;cursor:pointer;width:max-content}
        """

    private static let media = """
        @media (max-width:60rem){
        .page{display:block}
        .wrap,.page{padding:0 1.1rem}
        .contents{position:static;max-height:none;padding:1.4rem 0 0}
        .contents .l3{display:none}
        main{max-width:none}
        }
        @media (max-width:30rem){
        h1{font-size:1.6rem}
        .cell{padding:.6rem .8rem .8rem;margin-left:-.3rem;margin-right:-.3rem}
        svg text{font-size:16px}
        th,td{padding:.34rem .55rem}
        pre button{display:none}
        tbody th{max-width:9rem;overflow-wrap:anywhere}
        }
        @media print{
        :root,:root[data-theme=dark],:root:not([data-theme=light]){\(light)}
        @page{margin:16mm 15mm}
        @page across{size:landscape;margin:12mm}
        .scroll:has(.widest){page:across}
        body{font-size:10.5pt;background:#fff}
        .contents,.skip,.tools,pre button{display:none}
        .page{display:block;padding:0;max-width:none}
        .wrap{padding:0;max-width:none}
        .top{padding:0 0 1rem}
        main{max-width:none;padding:0}
        h2,h3,h4,figcaption,summary{break-after:avoid}
        .verdict,figure svg,tr,pre{break-inside:avoid}
        .cell{border:0;border-top:1px solid var(--line);border-radius:0;padding:.6rem 0}
        .scroll{overflow:visible;max-height:none;border:0;background:none;width:auto}
        thead{display:table-header-group}
        thead th{box-shadow:none;border-bottom:1px solid var(--line)}
        thead button{display:contents}
        :is(thead,tbody) th,.keyed thead th:first-child{position:static}
        table{font-size:9pt}
        th,td{padding:.2rem .4rem;overflow-wrap:anywhere}
        .wide{font-size:7.5pt}
        .widest{font-size:6.4pt}
        .widest :is(th,td:first-child){white-space:nowrap}
        .wide :is(th,td),.widest :is(th,td){padding:.12rem .16rem;white-space:normal}
        :is(.wide,.widest) td:not(.n){min-width:0}
        th.n,td.n{overflow-wrap:normal;white-space:nowrap}
        .source::details-content,.numbers::details-content{content-visibility:visible;display:block;block-size:auto}
        a{color:inherit;text-decoration:none}
        }
        """
}
