// Text on the screen: mrkdwn, plain text, mentions and dates, always through the view library's escaping.

import { html } from "./vendor/htm-preact.module.js";
import { useViewer } from "./contexts.js";
import { withEmoji } from "./emoji.js";
import { parseMrkdwn } from "./parse_mrkdwn.js";
import { nameOf } from "./people.js";
import { fillDate, fullMoment } from "./time.js";

export function UserMention({ id, label }) {
  const viewer = useViewer();
  const known = viewer.users[id];
  return html`<span class=${`mention${id === viewer.me ? " mention-me" : ""}`} data-user=${id}>@${known ? nameOf(known) : label || id}</span>`;
}

export function ChannelMention({ id, label }) {
  const viewer = useViewer();
  const channel = viewer.channels[id];
  return html`<a class="mention" href=${`#/as/${viewer.me}/${id}`}>#${channel ? channel.name : label || id}</a>`;
}

export function Broadcast({ range }) {
  return html`<span class="mention mention-me">@${range}</span>`;
}

export function GroupMention({ id, label }) {
  const viewer = useViewer();
  const group = viewer.groups[id];
  const mine = group?.users?.includes(viewer.me);
  return html`<span class=${`mention${mine ? " mention-me" : ""}`}>${label || `@${group?.handle || id}`}</span>`;
}

/** A link that can only lead to the web, to mail or to a telephone. */
export function SafeLink({ url, children }) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return html`<span>${children}</span>`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

export function DateText({ timestamp, format, url, fallback }) {
  const viewer = useViewer();
  const words = fillDate(format, timestamp, viewer.now(), viewer);
  if (words === null) return html`<span>${fallback}</span>`;
  const moment = html`<time datetime=${new Date(timestamp * 1000).toISOString()} title=${fullMoment(timestamp, viewer)}>${words}</time>`;
  return url ? html`<${SafeLink} url=${url}>${moment}<//>` : moment;
}

const RENDER = {
  text: (node) => node.text,
  break: () => html`<br />`,
  emoji: (node) => html`<span class="emoji" role="img" aria-label=${node.name}>${node.picture}</span>`,
  bold: (node) => html`<strong>${nodes(node.children)}</strong>`,
  italic: (node) => html`<em>${nodes(node.children)}</em>`,
  strike: (node) => html`<del>${nodes(node.children)}</del>`,
  code: (node) => html`<code>${nodes(node.children)}</code>`,
  pre: (node) => html`<pre>${nodes(node.children)}</pre>`,
  quote: (node) => html`<blockquote>${nodes(node.children)}</blockquote>`,
  user: (node) => html`<${UserMention} id=${node.id} label=${node.label} />`,
  channel: (node) => html`<${ChannelMention} id=${node.id} label=${node.label} />`,
  group: (node) => html`<${GroupMention} id=${node.id} label=${node.label} />`,
  broadcast: (node) => html`<${Broadcast} range=${node.range} />`,
  date: (node) => html`<${DateText} ...${node} />`,
  link: (node) => html`<${SafeLink} url=${node.url}>${nodes(node.children)}<//>`,
};

function nodes(list) {
  return list.map((node) => RENDER[node.type](node));
}

export function Mrkdwn({ text, verbatim }) {
  return html`<div class="mrkdwn">${nodes(parseMrkdwn(text, { verbatim }))}</div>`;
}

/** The words of a plain_text object as a string. */
export function plain(object) {
  if (!object) return "";
  return object.emoji === false ? object.text : withEmoji(object.text);
}

export function TextObject({ object }) {
  if (object.type === "mrkdwn") return html`<${Mrkdwn} text=${object.text} verbatim=${object.verbatim} />`;
  return html`<span class="plain">${plain(object)}</span>`;
}
