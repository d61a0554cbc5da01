// The markdown block: the standard Markdown that Slack takes (headings, lists, quotes, code, tables, links).

import { html } from "../vendor/htm-preact.module.js";
import { SafeLink } from "../mrkdwn.js";
import { withEmoji } from "../emoji.js";

const INLINE = /(`[^`\n]+`)|(\*\*|__)(?=\S)(.+?)\2|(~~)(?=\S)(.+?)~~|([*_])(?=\S)(.+?)\6|\[([^\]]+)\]\((\S+?)\)|(https?:\/\/[^\s<>)]+)|\\([\\`*_{}[\]()#+.!~>|-])/;

function inlines(text) {
  const found = INLINE.exec(text);
  if (!found) return [withEmoji(text)];
  const [whole, code, , bold, , strike, , italic, label, url, bare, escaped] = found;
  const node = code ? html`<code>${code.slice(1, -1)}</code>` : bold ? html`<strong>${inlines(bold)}</strong>` : strike ? html`<del>${inlines(strike)}</del>` : italic ? html`<em>${inlines(italic)}</em>` : label ? html`<${SafeLink} url=${url}>${inlines(label)}<//>` : bare ? html`<${SafeLink} url=${bare}>${bare}<//>` : escaped;
  return [withEmoji(text.slice(0, found.index)), node, ...inlines(text.slice(found.index + whole.length))];
}

const cells = (line) => line.replace(/^\s*\||\|\s*$/g, "").split("|").map((cell) => cell.trim());

function table(lines) {
  const [head, , ...rows] = lines;
  return html`<div class="table-frame"><table><thead><tr>${cells(head).map((cell) => html`<th scope="col">${inlines(cell)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${inlines(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function paragraph(lines) {
  return html`<p>${lines.flatMap((line, index) => (index ? [html`<br />`, ...inlines(line)] : inlines(line)))}</p>`;
}

const items = (lines, mark) => lines.map((line) => html`<li>${inlines(line.replace(mark, "").replace(/^\[( |x)\] /i, (_, tick) => (tick === " " ? "☐ " : "☑ ")))}</li>`);

/** Each kind of paragraph: which lines belong to it, and how it looks. */
const KINDS = [
  { test: /^#{1,6}\s/, alone: true, make: ([line]) => html`<div class="md-heading" role="heading" aria-level=${Math.min(6, line.indexOf(" ") + 2)}>${inlines(line.replace(/^#+\s+/, ""))}</div>` },
  { test: /^\s*(-{3,}|\*{3,}|_{3,})\s*$/, alone: true, make: () => html`<hr />` },
  { test: /^>\s?/, make: (lines) => html`<blockquote>${paragraph(lines.map((line) => line.replace(/^>\s?/, "")))}</blockquote>` },
  { test: /^\s*[-*+]\s+/, make: (lines) => html`<ul>${items(lines, /^\s*[-*+]\s+/)}</ul>` },
  { test: /^\s*\d+[.)]\s+/, make: (lines) => html`<ol>${items(lines, /^\s*\d+[.)]\s+/)}</ol>` },
  { test: /^\s*\|.*\|\s*$/, make: (lines) => (lines.length > 1 ? table(lines) : paragraph(lines)) },
  { test: /^\s*$/, make: () => null },
  { test: /^/, make: paragraph },
];

function runsOf(text) {
  const runs = [];
  for (const line of text.split("\n")) {
    const kind = KINDS.find(({ test }) => test.test(line));
    if (runs.at(-1)?.kind === kind && !kind.alone) runs.at(-1).lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs;
}

export function Markdown({ text }) {
  const pieces = text.split(/^```[^\n]*\n([\s\S]*?)\n?```$/m);
  return html`<div class="markdown">${pieces.map((piece, index) => (index % 2 ? html`<pre>${piece}</pre>` : runsOf(piece).map(({ kind, lines }) => kind.make(lines))))}</div>`;
}
