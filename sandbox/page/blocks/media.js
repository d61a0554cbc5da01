// Images, files and tables.

import { html, useState } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { plain } from "../mrkdwn.js";
import { Cell } from "./rich_text.js";

const KB = 1024;

function sizeOf(bytes) {
  return bytes >= KB * KB ? `${(bytes / KB / KB).toFixed(1)} MB` : `${Math.max(1, Math.round((bytes || 0) / KB))} KB`;
}

/** Pictures come from this machine or not at all: what lies elsewhere is named, not fetched. */
function localSource(block) {
  if (block.slack_file?.id) return `/ui/file/${block.slack_file.id}`;
  const url = block.image_url || block.slack_file?.url || "";
  const address = new URL(url || "about:blank", location.href);
  return address.origin === location.origin || url.startsWith("data:image/") ? url : null;
}

export function Picture({ block, small }) {
  const viewer = useViewer();
  const source = localSource(block);
  if (!source) return html`<span class=${small ? "picture-away small" : "picture-away"} title=${viewer.t("picture_elsewhere")}>🖼 ${block.alt_text}</span>`;
  return html`<img class=${small ? "picture-small" : "picture"} src=${source} alt=${block.alt_text} loading="lazy" />`;
}

export function Image({ block }) {
  return html`<figure class="image-block">${block.title && html`<figcaption>${plain(block.title)}</figcaption>`}<${Picture} block=${block} /></figure>`;
}

export function FileCard({ file }) {
  const source = `/ui/file/${file.id}`;
  if (file.mimetype?.startsWith("image/")) return html`<figure class="image-block"><figcaption>${file.title || file.name}</figcaption><a href=${source} target="_blank" rel="noopener"><img class="picture" src=${source} alt=${file.alt_txt || file.title || file.name} loading="lazy" /></a></figure>`;
  return html`<a class="file-card" href=${source} target="_blank" rel="noopener" download=${file.name}>
    <span class="file-icon" aria-hidden="true">${(file.filetype || file.name?.split(".").pop() || "?").slice(0, 4)}</span>
    <span><span class="file-name">${file.title || file.name || file.id}</span><span class="file-size">${file.size ? sizeOf(file.size) : ""}</span></span>
  </a>`;
}

const FIRST_ROWS = 12;

export function Table({ block }) {
  const viewer = useViewer();
  const [whole, setWhole] = useState(false);
  const [head, ...rows] = block.rows;
  const shown = whole ? rows : rows.slice(0, FIRST_ROWS);
  const look = (index) => {
    const setting = block.column_settings?.[index] || {};
    return `text-align:${setting.align || "left"}${setting.is_wrapped ? "" : ";white-space:nowrap"}`;
  };
  return html`<div class="table-frame"><table>
      <thead><tr>${head.map((cell, index) => html`<th scope="col" style=${look(index)}><${Cell} cell=${cell} /></th>`)}</tr></thead>
      <tbody>${shown.map((row) => html`<tr>${row.map((cell, index) => html`<td style=${look(index)}><${Cell} cell=${cell} /></td>`)}</tr>`)}</tbody>
    </table>${shown.length < rows.length && html`<button type="button" class="link" onClick=${() => setWhole(true)}>${viewer.t("show_all_rows", { n: rows.length })}</button>`}</div>`;
}
