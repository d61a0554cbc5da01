// A channel's messages: days, who says what after whom, what is new, and the way back to earlier ones.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { Composer } from "./composer.js";
import { useViewer } from "./contexts.js";
import { loadList, markRead } from "./events.js";
import { Message } from "./message.js";
import { channelTitle } from "./people.js";
import { listKey, set, toast } from "./store.js";
import { post } from "./api.js";
import { problemText } from "./surfaces.js";
import { dayOf, dayTitle } from "./time.js";

const TOGETHER_S = 300;
const NEAR_END_PX = 80;

/** A message stands under the one before without a head of its own; cards of a bot always have theirs. */
function follows(before, message) {
  if (!before || (message.bot_id && (message.blocks || before.blocks)) || message.ephemeral || before.ephemeral || message.subtype || before.subtype) return false;
  return before.user === message.user && before.bot_id === message.bot_id && !before.reply_count && Number(message.ts) - Number(before.ts) < TOGETHER_S;
}

/** The stamp of the first unread message, counted from the end over what others wrote. */
export function firstUnread(messages, count, me) {
  if (!count) return null;
  const others = messages.filter((message) => message.user !== me && !message.ephemeral);
  return others.at(-count)?.ts ?? others[0]?.ts ?? null;
}

export function Rows({ channel, messages, newFrom, lit, inThread }) {
  const viewer = useViewer();
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const newDay = !before || dayOf(before.ts, viewer) !== dayOf(message.ts, viewer);
    const isNew = newFrom === message.ts;
    return html`
      ${newDay && !inThread && html`<div class="day" role="separator" key=${`day-${message.ts}`}><span>${dayTitle(message.ts, viewer.now(), viewer)}</span></div>`}
      ${isNew && html`<div class="new-line" role="separator" key=${`new-${message.ts}`}><span>${viewer.t("new_messages")}</span></div>`}
      <${Message} key=${message.ts} channel=${channel} message=${message} follows=${!newDay && !isNew && follows(before, message)} inThread=${inThread} lit=${lit === message.ts} />`;
  });
}

/** Keep the newest in sight while the person is at the end; else leave them where they read. */
export function useFollowing(box, messages, lit) {
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const last = messages.at(-1)?.ts;
  const first = messages[0]?.ts;
  const height = useRef(0);
  const toEnd = () => {
    box.current.scrollTop = box.current.scrollHeight;
    setBehind(false);
  };
  useLayoutEffect(() => {
    const target = lit && box.current.querySelector(`[data-ts="${CSS.escape(lit)}"]`);
    if (target) target.scrollIntoView({ block: "center" });
    else if (atEnd.current) toEnd();
    else setBehind(true);
  }, [last, lit, messages.length === 0]);
  useLayoutEffect(() => {
    // Earlier messages push the rest down: stay with what was being read.
    if (!atEnd.current && height.current) box.current.scrollTop += box.current.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = box.current.scrollHeight;
  });
  useEffect(() => {
    const inside = new ResizeObserver(() => atEnd.current && !lit && box.current && toEnd());
    inside.observe(box.current.firstElementChild || box.current);
    return () => inside.disconnect();
  }, [lit]);
  const onScroll = ({ currentTarget }) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (atEnd.current) setBehind(false);
  };
  return { behind, toEnd, onScroll };
}

function Head({ channel, title }) {
  const { t } = useViewer();
  const sign = channel.is_im ? "" : channel.is_private ? "🔒 " : "# ";
  return html`<header class="place-head">
    <button type="button" class="icon only-narrow" aria-label=${t("menu")} onClick=${() => set({ menuOpen: true })}>☰</button>
    <h1><span aria-hidden="true">${sign}</span>${title}</h1>
    ${!channel.is_im && html`<span class="quiet">${t("members", { n: channel.members })}</span>`}
    ${channel.is_archived && html`<span class="tag">${t("archived")}</span>`}
  </header>`;
}

function JoinBar({ channel }) {
  const viewer = useViewer();
  const join = () => post("/ui/join", { as: viewer.me, channel: channel.id }).catch((problem) => toast({ text: problemText(problem, viewer.t), error: true }));
  return html`<div class="join-bar">${viewer.t("join.explain", { name: channel.name })} <button type="button" class="button primary" onClick=${join}>${viewer.t("join.do")}</button></div>`;
}

/** Nobody should have to read a manual: an empty place says what can be typed and where the app is. */
function howToBegin({ t, bots, commands }) {
  if (!commands.length || !bots.length) return "";
  return html`<br />${t("begin", { command: commands[0].command, app: bots[0].name })}`;
}

export function MessageList({ channel, list, lit, unread }) {
  const viewer = useViewer();
  const box = useRef(null);
  const messages = list?.messages || [];
  const { behind, toEnd, onScroll } = useFollowing(box, messages, lit);
  return html`<div class="messages" role="log" aria-label=${viewer.t("messages_of", { name: channelTitle(channel, viewer) })} tabindex="0" ref=${box} onScroll=${onScroll}>
      <div class="messages-inner">
        ${list?.hasMore && html`<button type="button" class="link earlier" onClick=${() => loadList(channel.id, null, messages[0].ts)}>${viewer.t("earlier")}</button>`}
        ${list && !messages.length && html`<p class="empty">${viewer.t(list.problem ? "messages_unavailable" : "no_messages")}${!list.problem && howToBegin(viewer)}</p>`}
        ${!list && html`<p class="empty"><span class="spinner"></span></p>`}
        <${Rows} channel=${channel.id} messages=${messages} lit=${lit} newFrom=${firstUnread(messages, unread, viewer.me)} />
      </div>
    </div>
    ${behind && html`<button type="button" class="jump" onClick=${toEnd}>↓ ${viewer.t("newer_below")}</button>`}`;
}

export function ChannelView({ channel, lists, lit, unread, head }) {
  const viewer = useViewer();
  const list = lists[listKey(channel.id)];
  const title = channelTitle(channel, viewer);
  useEffect(() => {
    if (!list) loadList(channel.id);
  }, [viewer.me, channel.id, !list]);
  useEffect(() => {
    markRead(channel.id);
    const back = () => document.visibilityState === "visible" && markRead(channel.id);
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [viewer.me, channel.id]);
  const mayWrite = channel.is_im || channel.is_member;
  return html`<main class="place" aria-label=${title}>
    ${head || html`<${Head} channel=${channel} title=${title} />`}
    <${MessageList} key=${channel.id} channel=${channel} list=${list} lit=${lit} unread=${unread} />
    ${channel.is_archived ? html`<div class="join-bar">${viewer.t("archived_explain")}</div>` : mayWrite ? html`<${Composer} key=${`${viewer.me}/${channel.id}`} channel=${channel.id} title=${channel.is_im ? title : `#${title}`} />` : html`<${JoinBar} channel=${channel} />`}
  </main>`;
}
