// The page's one state, changed by `set`, watched by the root of the page.

import { valuesOf } from "./elements/state.js";

export const state = {
  route: { as: null, place: null, thread: null, message: null },
  workspace: null, // the last /ui/state
  users: {},
  channels: {},
  groups: {},
  bots: [],
  commands: [],
  skew: 0, // sandbox seconds minus this machine's
  lists: {}, // "C1" or "C1/<thread_ts>" → { messages, hasMore }
  threadMentions: {}, // channel → how many replies spoke to me that I have not seen; the server counts none of them
  unreadFrom: {}, // channel → how many were unread when it was opened
  views: [],
  typed: {}, // view id → { block_id: { action_id: value } } newer than the server's
  home: null,
  toasts: [],
  traffic: [],
  panel: null, // "traffic", "people" or null
  menuOpen: false, // the sidebar on a narrow screen
  online: null, // whether the stream is open; null before the first time
};

let watcher = () => {};

export function watch(callback) {
  watcher = callback;
}

export function set(change) {
  Object.assign(state, change);
  watcher();
}

export function listKey(channel, thread) {
  return thread ? `${channel}/${thread}` : channel;
}

/** A new difference of the clocks, unless it is the old one but for the time a reply takes. */
export function steady(skew) {
  return Math.abs(skew - state.skew) < 2 ? state.skew : skew;
}

/** Sandbox time, epoch seconds. */
export function now() {
  return Date.now() / 1000 + state.skew;
}

function keyed(items) {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

/** The old value where nothing of it changed, so that nothing is drawn anew for it. */
function kept(name, fresh) {
  return JSON.stringify(state[name]) === JSON.stringify(fresh) ? state[name] : fresh;
}

/** A channel's counts as I should see them: what I am looking at is read, even if the server has not heard of it yet. */
function counted({ latest, ...channel }) {
  if (state.route.place === channel.id && document.visibilityState === "visible") return { ...channel, unread: 0, mentions: 0 };
  return { ...channel, mentions: channel.mentions + (state.threadMentions[channel.id] || 0) };
}

/** Take in a fresh /ui/state. */
export function takeWorkspace(workspace) {
  const channels = workspace.channels.map(counted);
  set({
    workspace,
    users: kept("users", keyed(workspace.users)),
    channels: kept("channels", keyed(channels)),
    groups: kept("groups", keyed(workspace.groups)),
    bots: kept("bots", workspace.bots),
    commands: kept("commands", workspace.commands),
    skew: steady(workspace.now - Date.now() / 1000),
    home: workspace.home,
  });
  takeViews(workspace.views);
}

/** Take in my stack of modals; what I typed stays for the fields that are still there. */
export function takeViews(views) {
  const typed = {};
  for (const view of [...views, state.home].filter(Boolean)) {
    const fields = valuesOf(view.blocks);
    const mine = state.typed[view.id] || {};
    typed[view.id] = Object.fromEntries(
      Object.keys(mine).filter((block) => fields[block]).map((block) => [block, Object.fromEntries(Object.entries(mine[block]).filter(([action, value]) => fields[block][action]?.type === value.type))]),
    );
  }
  set({ views, typed });
}

export function type(viewId, blockId, actionId, value) {
  const mine = state.typed[viewId] || {};
  set({ typed: { ...state.typed, [viewId]: { ...mine, [blockId]: { ...mine[blockId], [actionId]: value } } } });
}

function merged(list, message) {
  const others = list.messages.filter(({ ts }) => ts !== message.ts);
  return { ...list, messages: [...others, message].sort((a, b) => Number(a.ts) - Number(b.ts)) };
}

/** Put a new or changed message where it shows: its channel, its thread, or both. */
export function takeMessage(channel, message) {
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  const keys = [];
  if (!isReply || message.subtype === "thread_broadcast") keys.push(listKey(channel));
  if (message.thread_ts) keys.push(listKey(channel, message.thread_ts));
  if (!isReply) keys.push(listKey(channel, message.ts));
  const changed = keys.filter((key) => state.lists[key]).map((key) => [key, merged(state.lists[key], message)]);
  set({ lists: { ...state.lists, ...Object.fromEntries(changed) } });
}

export function dropMessage(channel, gone) {
  const lists = Object.entries(state.lists).map(([key, list]) => {
    const concerned = key === channel || key.startsWith(`${channel}/`);
    return [key, concerned ? { ...list, messages: list.messages.filter(({ ts }) => ts !== gone) } : list];
  });
  set({ lists: Object.fromEntries(lists) });
}

let toastCount = 0;

export function toast({ text, error = false, href = null }) {
  toastCount += 1;
  const entry = { id: toastCount, text, error, href };
  set({ toasts: [...state.toasts.slice(-4), entry] });
  setTimeout(() => dropToast(entry.id), error ? 12000 : 8000);
}

export function dropToast(id) {
  set({ toasts: state.toasts.filter((entry) => entry.id !== id) });
}
