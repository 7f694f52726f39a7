/// The page's only script: sorting, folding, copying, the theme switch and the mark in the contents. The page reads well without it.
enum ReportScript {
    static let text = #"""
        "use strict";
        (() => {
          const root = document.documentElement, find = (s, e = document) => Array.from(e.querySelectorAll(s));
          const button = (text, label, act) => {
            const b = document.createElement("button");
            b.type = "button"; b.textContent = text; if (label) b.setAttribute("aria-label", label);
            b.addEventListener("click", () => act(b)); return b;
          };
          const key = cell => {
            if (!cell || cell.querySelector(".missing")) return null;
            const own = cell.dataset.v; if (own !== undefined) return Number(own);
            const text = cell.textContent.trim(), number = Number(text.replace(/,/g, ""));
            return cell.classList.contains("n") && !Number.isNaN(number) ? number : text;
          };
          find("table.sortable").forEach(table => find("thead th", table).forEach((head, column) => {
            const name = head.textContent; head.textContent = "";
            head.append(button(name, "", () => {
              const down = head.getAttribute("aria-sort") === "ascending", body = table.tBodies[0];
              find("th[aria-sort]", table).forEach(h => h.removeAttribute("aria-sort"));
              head.setAttribute("aria-sort", down ? "descending" : "ascending");
              const rows = Array.from(body.rows).map(row => [key(row.cells[column]), row]);
              rows.sort(([a], [b]) => a === null ? (b === null ? 0 : 1) : b === null ? -1 :
                (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b))) * (down ? -1 : 1));
              body.append(...rows.map(r => r[1]));
            }));
          }));
          const store = { get() { try { return localStorage.getItem("rondo-theme"); } catch { return null; } },
            set(v) { try { localStorage.setItem("rondo-theme", v); } catch { } } };
          const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
          const saved = store.get(); if (saved === "dark" || saved === "light") root.dataset.theme = saved;
          const bar = document.createElement("div"); bar.className = "tools";
          bar.append(
            button("Fold code", "", b => {
              const all = find("details.source"), open = all.some(d => d.open);
              all.forEach(d => { d.open = !open; }); b.textContent = open ? "Show code" : "Fold code";
            }),
            button("Light or dark", "", () => { root.dataset.theme = dark() ? "light" : "dark"; store.set(root.dataset.theme); }));
          const nav = document.querySelector("nav.contents"); if (nav) nav.prepend(bar);
          find("details.source > pre").forEach(pre => pre.append(button("Copy", "Copy this cell", b => {
            const done = () => { b.textContent = "Copied"; setTimeout(() => { b.textContent = "Copy"; }, 1500); };
            const text = pre.querySelector("code").textContent;
            if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => { });
          })));
          const reach = () => find(".scroll").forEach(e => {
            if (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight) e.tabIndex = 0; else e.removeAttribute("tabindex");
          });
          reach(); addEventListener("resize", reach); addEventListener("toggle", reach, true);
          let closed = [];
          addEventListener("beforeprint", () => { closed = find("details:not([open])"); closed.forEach(d => { d.open = true; }); });
          addEventListener("afterprint", () => closed.forEach(d => { d.open = false; }));
          if ("IntersectionObserver" in window && nav) {
            const links = new Map(find("a", nav).map(a => [a.hash.slice(1), a]));
            const seen = new IntersectionObserver(list => list.forEach(e => {
              if (!e.isIntersecting) return;
              find("a[aria-current]", nav).forEach(a => a.removeAttribute("aria-current"));
              links.get(e.target.id).setAttribute("aria-current", "true");
            }), { rootMargin: "0px 0px -75% 0px" });
            links.forEach((_, id) => { const e = document.getElementById(id); if (e) seen.observe(e); });
          }
        })();
        """#
}
