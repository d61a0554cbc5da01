// The app's own place: its home tab, and the messages between it and me.

import { html, useEffect, useState } from "./vendor/htm-preact.module.js";
import { post } from "./api.js";
import { useViewer } from "./contexts.js";
import { ChannelView } from "./messages.js";
import { go, hrefTo } from "./route.js";
import { set, state } from "./store.js";
import { ViewBlocks, problemText } from "./surfaces.js";

function Tabs({ bot, direct, here }) {
  const viewer = useViewer();
  const tab = (name, place, label) => html`<a role="tab" id=${`tab-${name}`} aria-selected=${here === name} class=${`tab${here === name ? " here" : ""}`} href=${hrefTo({ as: viewer.me, place })}>${label}</a>`;
  const onKey = (event) => {
    if (event.key === "ArrowRight") go({ as: viewer.me, place: direct?.id });
    if (event.key === "ArrowLeft") go({ as: viewer.me, place: "home" });
  };
  return html`<header class="place-head app-head">
    <button type="button" class="icon only-narrow" aria-label=${viewer.t("menu")} onClick=${() => set({ menuOpen: true })}>☰</button>
    <h1>🎫 ${bot.name}</h1>
    <div role="tablist" aria-label=${bot.name} onKeyDown=${onKey}>${tab("home", "home", viewer.t("home.tab"))}${direct && tab("messages", direct.id, viewer.t("home.messages"))}</div>
  </header>`;
}

function HomeTab({ view, typed }) {
  const viewer = useViewer();
  const [problem, setProblem] = useState("");
  const failed = (trouble) => setProblem(problemText(trouble, viewer.t));
  useEffect(() => {
    post("/ui/home", { as: viewer.me, tab: "home" })
      .then((reply) => reply.home && set({ home: reply.home }))
      .catch(failed);
  }, [viewer.me]);
  return html`<div class="messages" role="tabpanel" aria-labelledby="tab-home" tabindex="0">
    <div class="home">
      ${problem && html`<div class="alert alert-error" role="alert">${problem}</div>`}
      ${view ? html`<${ViewBlocks} view=${view} typed=${typed} failed=${failed} kind="home" />` : html`<p class="empty">${viewer.t("home.empty")}</p>`}
    </div>
  </div>`;
}

/** The place of the app: `tab` is "home" or "messages". */
export function AppPlace({ tab, bot, direct, lists, lit, unread }) {
  const viewer = useViewer();
  const head = html`<${Tabs} bot=${bot} direct=${direct} here=${tab} />`;
  useEffect(() => {
    if (tab === "messages") post("/ui/home", { as: viewer.me, tab }).catch(() => {});
  }, [viewer.me, tab]);
  if (tab === "messages") return html`<${ChannelView} channel=${direct} lists=${lists} lit=${lit} unread=${unread} head=${head} />`;
  return html`<main class="place" aria-label=${bot.name}>${head}<${HomeTab} view=${state.home} typed=${state.home && state.typed[state.home.id]} /></main>`;
}
