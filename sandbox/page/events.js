// What arrives by the live stream, put into the page's state.

import { get, post } from "./api.js";
import { hrefTo } from "./route.js";
import { dropMessage, listKey, set, state, steady, takeMessage, takeViews, takeWorkspace, toast } from "./store.js";
import { nameOf } from "./people.js";
import { translator } from "./words.js";

const KEPT_TRAFFIC = 500;
const SETTLE_MS = 120;
const MOST_TRIES = 5;

const MOVING = new Set(["message", "changed", "deleted", "ephemeral", "ephemeral_deleted", "view", "home"]);

let moves = 0; // how often the stream has changed what a reply may still show as it was

/** Whether a message speaks to me: by name, by a group of mine, by a broadcast. */
export function mentionsMe(message, me) {
  const said = JSON.stringify([message.text, message.blocks]);
  const mine = Object.values(state.groups).filter((group) => group.users?.includes(me));
  return [`<@${me}`, `"user_id":"${me}"`, "<!channel", "<!here", "<!everyone", ...mine.flatMap((group) => [`<!subteam^${group.id}`, `"usergroup_id":"${group.id}"`])].some((sign) => said.includes(sign));
}

/** Whether I am looking at the place where this message appears. */
function inSight(channel, message) {
  const { place, thread } = state.route;
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  return document.visibilityState === "visible" && place === channel && (!isReply || thread === message.thread_ts || message.subtype === "thread_broadcast");
}

function announce(channel, message) {
  const me = state.route.as;
  const t = translator(state.users[me]?.locale);
  const place = state.channels[channel];
  const author = state.users[message.user] || state.users[state.workspace.bots.find((bot) => bot.bot_id === message.bot_id)?.user_id];
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  const where = { as: me, place: channel, thread: isReply ? message.thread_ts : null, message: message.ts };
  const words = place?.is_im ? t("toast.direct", { name: nameOf(author) }) : t("toast.mention", { name: nameOf(author), channel: place?.name || "" });
  toast({ text: words, href: hrefTo(where) });
}

function count(channel, message, speaksToMe) {
  const place = state.channels[channel];
  const isReply = message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";
  if (isReply && !speaksToMe) return;
  const next = { ...place, unread: place.unread + (isReply ? 0 : 1), mentions: place.mentions + (speaksToMe ? 1 : 0) };
  if (isReply) set({ threadMentions: { ...state.threadMentions, [channel]: (state.threadMentions[channel] || 0) + 1 } });
  set({ channels: { ...state.channels, [channel]: next } });
}

function arrived({ channel, message }) {
  takeMessage(channel, message);
  const me = state.route.as;
  if (message.user === me || !state.channels[channel]?.is_member) return;
  const speaksToMe = state.channels[channel].is_im || mentionsMe(message, me);
  if (inSight(channel, message)) return markRead(channel);
  count(channel, message, speaksToMe);
  if (speaksToMe) announce(channel, message);
}

/** Tell the server, and the badge, that I have read a channel. */
export function markRead(channel) {
  const place = state.channels[channel];
  if (!place) return;
  if (place.unread || place.mentions) set({ threadMentions: { ...state.threadMentions, [channel]: 0 }, channels: { ...state.channels, [channel]: { ...place, unread: 0, mentions: 0 } } });
  post("/ui/read", { as: state.route.as, channel }).catch(() => {});
}

/** A reply that is no older than anything the stream has brought meanwhile. */
async function fresh(ask) {
  for (let tries = 0; ; tries += 1) {
    const before = moves;
    const reply = await ask();
    if (before === moves || tries === MOST_TRIES) return reply;
  }
}

let settling = null;

/** Fetch /ui/state again, once for a burst of reasons. */
export function refresh() {
  clearTimeout(settling);
  settling = setTimeout(async () => {
    const as = state.route.as;
    const workspace = await fresh(() => get("/ui/state", { as }).catch(() => null));
    if (workspace && as === state.route.as) takeWorkspace(workspace);
  }, SETTLE_MS);
}

/** Fetch a channel or thread; `before` adds an earlier page. */
export async function loadList(channel, thread = null, before = null) {
  const key = listKey(channel, thread);
  const as = state.route.as;
  const query = { as, channel, thread_ts: thread, before };
  const reply = await fresh(() => get("/ui/messages", query).catch((problem) => ({ messages: [], has_more: false, problem: problem.error })));
  if (as !== state.route.as) return;
  const later = before ? state.lists[key]?.messages || [] : [];
  set({ lists: { ...state.lists, [key]: { messages: [...reply.messages, ...later], hasMore: reply.has_more, problem: reply.problem } } });
}

/** Kept always, drawn only while somebody looks. */
function takeTraffic(entry) {
  state.traffic = [...state.traffic.slice(-KEPT_TRAFFIC), entry];
  if (state.panel === "traffic") set({});
}

const HEARD = {
  message: arrived,
  changed: ({ channel, message }) => takeMessage(channel, message),
  deleted: ({ channel, ts }) => dropMessage(channel, ts),
  ephemeral: ({ channel, message }) => takeMessage(channel, { ...message, ephemeral: true }),
  ephemeral_deleted: ({ channel, ts }) => dropMessage(channel, ts),
  view: ({ views }) => takeViews(views),
  home: ({ home }) => set({ home }),
  clock: (event) => set({ skew: steady(event.now - Date.now() / 1000) }),
  state: refresh,
  traffic: ({ entry }) => takeTraffic(entry),
  toast: ({ text, error }) => toast({ text: text || error, error: Boolean(error) }),
};

export function heard(event) {
  if (MOVING.has(event.type)) moves += 1;
  HEARD[event.type]?.(event);
}

