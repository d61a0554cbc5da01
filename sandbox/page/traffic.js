// The drawer with everything that went between the bot and this stand-in, newest at the end.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { get } from "./api.js";
import { useViewer } from "./contexts.js";
import { set, state } from "./store.js";
import { clockTime } from "./time.js";

const SHOWN = 200;

async function loadTraffic() {
  const { last } = await get("/ui/traffic", { after: Number.MAX_SAFE_INTEGER });
  const { entries } = await get("/ui/traffic", { after: Math.max(0, last - SHOWN), limit: SHOWN });
  const known = new Set(entries.map(({ n }) => n));
  set({ traffic: [...entries, ...state.traffic.filter(({ n }) => !known.has(n))].sort((a, b) => a.n - b.n) });
}

function Json({ title, value }) {
  if (value === null || value === undefined) return null;
  return html`<div><div class="quiet">${title}</div><pre class="json">${JSON.stringify(value, null, 2)}</pre></div>`;
}

/** What an entry is about, beyond its name: the command, the event, the button, the form. */
function gist({ request }) {
  const payload = request?.payload || request || {};
  const event = payload.event && [payload.event.type, payload.event.subtype].filter(Boolean).join(" ");
  const said = [payload.command && `${payload.command} ${payload.text || ""}`, event || (payload.type !== request?.type && payload.type), payload.actions?.[0]?.action_id, payload.view?.callback_id, request?.channel];
  return said.filter(Boolean).join(" · ").slice(0, 120);
}

function Entry({ entry }) {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  return html`<details class=${`traffic-entry${entry.ok ? "" : " bad"}`} onToggle=${(event) => setOpen(event.target.open)}>
    <summary><span class="quiet">${clockTime(entry.at, viewer, { secs: true })}</span> <span class=${`kind kind-${entry.kind}`}>${entry.kind}</span> <code>${entry.name}</code> ${gist(entry)} ${entry.ok ? "" : html`<strong class="bad-word">✕ ${entry.error || ""}</strong>`} <span class="quiet">${entry.ms === null || entry.ms === undefined ? "" : `${Math.round(entry.ms)} ms`}</span></summary>
    ${open && html`<${Json} title=${viewer.t("traffic.request")} value=${entry.request} /><${Json} title=${viewer.t("traffic.response")} value=${entry.response} />`}
  </details>`;
}

export function TrafficDrawer({ entries }) {
  const viewer = useViewer();
  const [wanted, setWanted] = useState("");
  const [onlyBad, setOnlyBad] = useState(false);
  const list = useRef(null);
  const atEnd = useRef(true);
  useEffect(() => {
    loadTraffic().catch(() => {});
  }, []);
  const words = wanted.trim().toLowerCase();
  const fits = (entry) => (!onlyBad || !entry.ok) && (!words || JSON.stringify(entry).toLowerCase().includes(words));
  const shown = entries.filter(fits).slice(-SHOWN);
  useLayoutEffect(() => {
    if (atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [shown.length]);
  const onScroll = ({ currentTarget }) => {
    atEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 60;
  };
  return html`<section class="drawer" aria-label=${viewer.t("traffic.title")} onKeyDown=${(event) => event.key === "Escape" && set({ panel: null })}>
    <header class="place-head">
      <h2>${viewer.t("traffic.title")}</h2>
      <input type="search" class="text-input" placeholder=${viewer.t("traffic.filter")} aria-label=${viewer.t("traffic.filter")} value=${wanted} onInput=${(event) => setWanted(event.target.value)} />
      <label><input type="checkbox" checked=${onlyBad} onChange=${(event) => setOnlyBad(event.target.checked)} /> ${viewer.t("traffic.only_bad")}</label>
      <button type="button" class="icon" aria-label=${viewer.t("traffic.close")} onClick=${() => set({ panel: null })}>×</button>
    </header>
    <div class="traffic-list" ref=${list} onScroll=${onScroll}>${shown.map((entry) => html`<${Entry} key=${entry.n} entry=${entry} />`)}${!shown.length && html`<p class="empty">${viewer.t("nothing_found")}</p>`}</div>
  </section>`;
}
