// One message: who, when, what, and what may be done with it.

import { html, useRef, useState, useEffect } from "./vendor/htm-preact.module.js";
import { post } from "./api.js";
import { FileCard } from "./blocks/media.js";
import { useViewer } from "./contexts.js";
import { askFirst } from "./elements/confirm.js";
import { memo } from "./memo.js";
import { Mrkdwn, TextObject } from "./mrkdwn.js";
import { Avatar, nameOf } from "./people.js";
import { hrefTo } from "./route.js";
import { dropMessage, toast } from "./store.js";
import { MessageBlocks, problemText } from "./surfaces.js";
import { clockTime, fullMoment } from "./time.js";
import { toTyped } from "./typed_text.js";

export function authorOf(message, viewer) {
  const id = message.user || viewer.bots.find((bot) => bot.bot_id === message.bot_id)?.user_id;
  const person = viewer.users[id] || { id, name: message.username || message.bot_profile?.name || id, is_bot: Boolean(message.bot_id) };
  return message.username ? { ...person, real_name: message.username } : person;
}

const refuse = (viewer) => (problem) => toast({ text: problemText(problem, viewer.t), error: true });

function Attachment({ channel, message, attachment, inThread }) {
  const colour = /^#?[0-9a-f]{6}$/i.test(attachment.color || "") ? `#${attachment.color.replace("#", "")}` : "var(--line)";
  return html`<div class="attachment" style=${`border-left-color:${colour}`}>
    ${attachment.pretext && html`<${Mrkdwn} text=${attachment.pretext} />`}
    ${attachment.title && html`<strong>${attachment.title}</strong>`}
    ${attachment.text && html`<${Mrkdwn} text=${attachment.text} />`}
    ${attachment.blocks && html`<${MessageBlocks} channel=${channel} message=${{ ts: message.ts, blocks: attachment.blocks }} inThread=${inThread} />`}
    ${!attachment.text && !attachment.blocks && attachment.fallback && html`<span>${attachment.fallback}</span>`}
  </div>`;
}

function Body({ channel, message, inThread }) {
  const { t } = useViewer();
  if (message.subtype === "tombstone") return html`<em class="quiet">${t("message.deleted")}</em>`;
  return html`
    ${message.blocks?.length ? html`<${MessageBlocks} channel=${channel} message=${message} inThread=${inThread} />` : message.text && html`<${Mrkdwn} text=${message.text} />`}
    ${(message.attachments || []).map((attachment) => html`<${Attachment} channel=${channel} message=${message} attachment=${attachment} inThread=${inThread} />`)}
    ${message.files?.length > 0 && html`<div class="files">${message.files.map((file) => html`<${FileCard} key=${file.id} file=${file} />`)}</div>`}
    ${message.edited && html` <span class="quiet edited">${t("message.edited")}</span>`}
  `;
}

function Editor({ channel, message, done }) {
  const viewer = useViewer();
  const box = useRef(null);
  const [text, setText] = useState(() => toTyped(message.text, viewer));
  useEffect(() => box.current.focus(), []);
  const save = () => post("/ui/edit", { as: viewer.me, channel, ts: message.ts, text }).then(done).catch(refuse(viewer));
  const onKey = (event) => {
    if (event.key === "Escape") done();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) (event.preventDefault(), save());
  };
  return html`<div class="editor">
    <textarea ref=${box} class="text-input" rows="2" aria-label=${viewer.t("message.edit_label")} value=${text} onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey}></textarea>
    <div class="editor-buttons"><button type="button" class="button small" onClick=${done}>${viewer.t("cancel")}</button><button type="button" class="button small primary" onClick=${save}>${viewer.t("save")}</button></div>
  </div>`;
}

function Tools({ channel, message, inThread, edit }) {
  const viewer = useViewer();
  const mine = message.user === viewer.me && !message.bot_id;
  const remove = async () => {
    const question = { title: { type: "plain_text", text: viewer.t("message.delete") }, text: { type: "plain_text", text: viewer.t("message.delete_sure") }, confirm: { type: "plain_text", text: viewer.t("message.delete") }, style: "danger" };
    if (await askFirst(question)) post("/ui/delete", { as: viewer.me, channel, ts: message.ts }).catch(refuse(viewer));
  };
  const copy = () => navigator.clipboard?.writeText(`${location.origin}/archives/${channel}/p${message.ts.replace(".", "")}`).then(() => toast({ text: viewer.t("message.link_copied") }), () => {});
  return html`<div class="tools" role="toolbar" aria-label=${viewer.t("message.tools")}>
    ${!inThread && html`<a class="tool" role="button" href=${hrefTo({ as: viewer.me, place: channel, thread: message.thread_ts || message.ts })} aria-label=${viewer.t("message.reply")} title=${viewer.t("message.reply")}>💬</a>`}
    <button type="button" class="tool" aria-label=${viewer.t("message.copy_link")} title=${viewer.t("message.copy_link")} onClick=${copy}>🔗</button>
    ${mine && html`<button type="button" class="tool" aria-label=${viewer.t("message.edit")} title=${viewer.t("message.edit")} onClick=${edit}>✏️</button><button type="button" class="tool" aria-label=${viewer.t("message.delete")} title=${viewer.t("message.delete")} onClick=${remove}>🗑️</button>`}
  </div>`;
}

function Replies({ channel, message }) {
  const viewer = useViewer();
  const people = (message.reply_users || []).slice(0, 4).map((id) => viewer.users[id] || { id });
  const last = message.latest_reply ? viewer.t("message.last_reply", { time: `${clockTime(Number(message.latest_reply), viewer)}` }) : "";
  return html`<a class="replies" href=${hrefTo({ as: viewer.me, place: channel, thread: message.ts })}>
    ${people.map((person) => html`<${Avatar} person=${person} size=${20} />`)}<strong>${viewer.t("message.replies", { n: message.reply_count })}</strong><span class="quiet">${last}</span>
  </a>`;
}

function Ephemeral({ channel, message }) {
  const viewer = useViewer();
  const dismiss = () => post("/ui/dismiss", { as: viewer.me, channel, ts: message.ts }).then(() => dropMessage(channel, message.ts)).catch(refuse(viewer));
  return html`<div class="only-you"><span aria-hidden="true">👁</span> ${viewer.t("message.only_you")} · <button type="button" class="link" onClick=${dismiss}>${viewer.t("message.dismiss")}</button></div>`;
}

function Notice({ message, viewer }) {
  return html`<div class="system" data-ts=${message.ts}><${TextObject} object=${{ type: "mrkdwn", text: message.text || message.subtype }} /> <span class="quiet">${clockTime(Number(message.ts), viewer)}</span></div>`;
}

const ORDINARY = new Set([undefined, null, "bot_message", "thread_broadcast", "file_share", "tombstone", "me_message"]);

export const Message = memo(({ channel, message, follows, inThread, lit }) => {
  const viewer = useViewer();
  const [editing, setEditing] = useState(false);
  if (!ORDINARY.has(message.subtype)) return html`<${Notice} message=${message} viewer=${viewer} />`;
  const author = authorOf(message, viewer);
  const seconds = Number(message.ts);
  const time = html`<time class="when" datetime=${new Date(seconds * 1000).toISOString()} title=${fullMoment(seconds, viewer)}>${clockTime(seconds, viewer)}</time>`;
  const className = ["message", follows ? "follows" : "", message.ephemeral ? "ephemeral" : "", lit ? "lit" : ""].join(" ");
  return html`<article class=${className} data-ts=${message.ts} aria-label=${viewer.t("message.by", { name: nameOf(author), time: clockTime(seconds, viewer) })} tabindex="-1">
    <div class="gutter">${follows ? time : html`<${Avatar} person=${author} />`}</div>
    <div class="message-main">
      ${message.ephemeral && html`<${Ephemeral} channel=${channel} message=${message} />`}
      ${message.subtype === "thread_broadcast" && !inThread && html`<div class="quiet small"><a href=${hrefTo({ as: viewer.me, place: channel, thread: message.thread_ts })}>${viewer.t("message.from_thread")}</a></div>`}
      ${!follows && html`<div class="message-head"><span class="author">${nameOf(author)}</span>${author.is_bot && html`<span class="app-tag">${viewer.t("app")}</span>`}${time}</div>`}
      ${editing ? html`<${Editor} channel=${channel} message=${message} done=${() => setEditing(false)} />` : html`<${Body} channel=${channel} message=${message} inThread=${inThread} />`}
      ${!inThread && message.reply_count > 0 && html`<${Replies} channel=${channel} message=${message} />`}
    </div>
    ${!message.ephemeral && message.subtype !== "tombstone" && !editing && html`<${Tools} channel=${channel} message=${message} inThread=${inThread} edit=${() => setEditing(true)} />`}
  </article>`;
});
