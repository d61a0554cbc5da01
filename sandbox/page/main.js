// The page: who looks, where they are, and the parts put together.

import { html, render, useEffect, useReducer } from "./vendor/htm-preact.module.js";
import { PeoplePanel } from "./admin.js";
import { follow, get } from "./api.js";
import { Clock } from "./clock.js";
import { Viewer } from "./contexts.js";
import { ConfirmDialog } from "./elements/confirm.js";
import { heard, loadList, refresh } from "./events.js";
import { AppPlace } from "./home.js";
import { ChannelView } from "./messages.js";
import { ModalStack } from "./modal.js";
import { fromPermalink, go, parseRoute } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { now, set, state, takeWorkspace, watch } from "./store.js";
import { ThreadPanel } from "./thread.js";
import { Toasts } from "./toasts.js";
import { TrafficDrawer } from "./traffic.js";
import { langOf, translator } from "./words.js";

let unfollow = () => {};

let viewer = null;
let viewedWith = [];

/** Who looks; the same object as long as nothing of it changed, so that messages need no redrawing. */
function viewerNow() {
  const made = [state.route.as, state.users, state.channels, state.groups, state.bots, state.commands, state.skew];
  if (!made.every((part, index) => part === viewedWith[index])) viewer = makeViewer();
  viewedWith = made;
  return viewer;
}

function makeViewer() {
  const me = state.users[state.route.as] || state.workspace.me;
  const locale = me.locale?.startsWith("zh") ? (langOf(me.locale) === "zh-Hant" ? "zh-TW" : "zh-CN") : "en-US";
  return { me: me.id, locale, zone: me.tz || "UTC", users: state.users, channels: state.channels, groups: state.groups, bots: state.bots, commands: state.commands, now, t: translator(me.locale) };
}

/** What was missed while no stream was open is fetched anew. */
function catchUp() {
  set({ online: true });
  refresh();
  for (const key of Object.keys(state.lists)) loadList(...key.split("/"));
}

/** Become another person: their workspace, their stream, nothing of the last one's. */
async function become(as) {
  unfollow();
  set({ online: null, lists: {}, views: [], typed: {}, home: null, unreadFrom: {}, threadMentions: {}, toasts: [] });
  const workspace = await get("/ui/state", { as });
  if (!as) return go({ ...state.route, as: workspace.me.id }, { replace: true });
  takeWorkspace(workspace);
  sessionStorage.setItem("as", as);
  unfollow = follow(as, { opened: catchUp, heard, lost: () => set({ online: false }) });
  return undefined;
}

/** Where to go when the address names no place that I may see. */
function firstPlace() {
  const rooms = Object.values(state.channels).filter((channel) => channel.is_member && !channel.is_im && !channel.is_archived);
  return rooms[0]?.id || "home";
}

async function settle() {
  const before = state.route;
  const route = parseRoute(location.hash);
  set({ route });
  try {
    if (route.as !== before.as || !state.workspace) await become(route.as);
  } catch (problem) {
    set({ online: false, workspace: null });
    if (problem.error === "user_not_found") go({ as: "" }, { replace: true });
    else setTimeout(settle, 2000);
    return;
  }
  if (!state.workspace || !route.as) return;
  if (route.place !== "home" && !state.channels[route.place]) return go({ ...route, place: firstPlace() }, { replace: true });
  // Just after becoming somebody only the server's own list still knows what was unread here.
  const channel = route.as === before.as ? state.channels[route.place] : state.workspace.channels.find(({ id }) => id === route.place);
  if (route.place !== before.place || route.as !== before.as) set({ unreadFrom: { [route.place]: channel?.unread || 0 } });
}

function Banner({ viewer }) {
  return html`<div class="banner" role="note"><strong>${viewer.t("banner.title")}</strong> ${viewer.t("banner.text")}</div>`;
}

function Bar({ viewer }) {
  const toggle = (panel) => () => set({ panel: state.panel === panel ? null : panel });
  return html`<div class="bar">
    <${Banner} viewer=${viewer} />
    <div class="bar-tools">
      <${Clock} />
      <button type="button" class="bar-button" aria-haspopup="dialog" onClick=${toggle("people")}>👥 <span>${viewer.t("people")}</span></button>
      <button type="button" class="bar-button" aria-pressed=${state.panel === "traffic"} onClick=${toggle("traffic")}>⇄ <span>${viewer.t("traffic.button")}</span></button>
    </div>
  </div>`;
}

function Place() {
  const { place, thread, message } = state.route;
  const channel = state.channels[place];
  const bot = state.workspace.bots.find(({ user_id: id }) => place === "home" || (channel?.is_im && channel.user === id));
  const direct = bot && Object.values(state.channels).find((other) => other.is_im && other.user === bot.user_id);
  const shared = { lists: state.lists, lit: thread ? null : message, unread: state.unreadFrom[place] };
  if (bot) return html`<${AppPlace} tab=${place === "home" ? "home" : "messages"} bot=${bot} direct=${direct} ...${shared} />`;
  return channel ? html`<${ChannelView} channel=${channel} ...${shared} />` : null;
}

function App() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    watch(redraw);
    window.addEventListener("hashchange", settle);
    settle();
  }, []);
  if (!state.workspace) return html`<p class="empty" role="status"><span class="spinner"></span></p>`;

  const viewer = viewerNow();
  const { place, thread, message } = state.route;
  const channel = state.channels[place];
  const waiting = Object.values(state.channels).reduce((sum, { is_im: direct, unread, mentions }) => sum + ((direct ? unread : mentions) || 0), 0);
  document.documentElement.lang = langOf(state.users[viewer.me]?.locale);
  document.title = `${waiting ? `(${waiting}) ` : ""}${state.workspace.team.name} · ${viewer.t("banner.title")}`;
  return html`<${Viewer.Provider} value=${viewer}>
    <div class=${`page${thread && channel ? " with-thread" : ""}${state.menuOpen ? " menu-open" : ""}`} aria-busy=${!state.online}>
      <${Bar} viewer=${viewer} />
      ${state.online === false && html`<div class="offline" role="alert">${viewer.t("offline")}</div>`}
      <div class="columns">
        <${Sidebar} workspace=${state.workspace} users=${state.users} channels=${state.channels} route=${state.route} open=${state.menuOpen} />
        ${state.menuOpen && html`<button type="button" class="scrim" aria-label=${viewer.t("modal.close")} onClick=${() => set({ menuOpen: false })}></button>`}
        <${Place} />
        ${thread && channel && html`<${ThreadPanel} key=${thread} channel=${channel} thread=${thread} lists=${state.lists} lit=${message} />`}
      </div>
      ${state.panel === "traffic" && html`<${TrafficDrawer} entries=${state.traffic} />`}
      ${state.panel === "people" && html`<${PeoplePanel} users=${state.users} />`}
      <${ModalStack} views=${state.views} typed=${state.typed} />
      <${ConfirmDialog} />
      <${Toasts} toasts=${state.toasts} />
    </div>
  <//>`;
}

const permalink = fromPermalink(location);
if (permalink) {
  const as = sessionStorage.getItem("as");
  history.replaceState(null, "", `/#/as/${as || ""}/${permalink.place}${permalink.thread ? `/t/${permalink.thread}` : ""}${permalink.message ? `/m/${permalink.message}` : ""}`);
}
render(html`<${App} />`, document.getElementById("root"));
