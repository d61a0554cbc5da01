// Which component draws which block.

import { html } from "../vendor/htm-preact.module.js";
import { Element } from "../elements/index.js";
import { TextObject, plain } from "../mrkdwn.js";
import { Input } from "./input.js";
import { Markdown } from "./markdown.js";
import { FileCard, Image, Picture, Table } from "./media.js";
import { RichText } from "./rich_text.js";

function Section({ block }) {
  return html`<div class="section">
    <div class="section-main">
      ${block.text && html`<div class="section-text"><${TextObject} object=${block.text} /></div>`}
      ${block.fields && html`<div class="fields">${block.fields.map((field) => html`<div class="field-cell"><${TextObject} object=${field} /></div>`)}</div>`}
    </div>
    ${block.accessory && html`<div class="accessory">${block.accessory.type === "image" ? html`<${Picture} block=${block.accessory} />` : html`<${Element} block=${block} element=${block.accessory} />`}</div>`}
  </div>`;
}

function Context({ block }) {
  return html`<div class="context">${block.elements.map((element) => (element.type === "image" ? html`<${Picture} block=${element} small=${true} />` : html`<${TextObject} object=${element} />`))}</div>`;
}

const LEVEL_SIGN = { info: "ℹ️", success: "✅", warning: "⚠️", error: "⛔", default: "💬" };

function Alert({ block }) {
  const level = block.level || "default";
  return html`<div class=${`alert alert-${level}`} role=${level === "error" ? "alert" : "status"}><span aria-hidden="true">${LEVEL_SIGN[level]}</span><div><${TextObject} object=${block.text} /></div></div>`;
}

const DRAW = {
  section: Section,
  context: Context,
  input: Input,
  rich_text: RichText,
  image: Image,
  table: Table,
  alert: Alert,
  header: ({ block }) => html`<h3 class="header">${plain(block.text)}</h3>`,
  divider: () => html`<hr />`,
  actions: ({ block }) => html`<div class="actions">${block.elements.map((element) => html`<${Element} block=${block} element=${element} />`)}</div>`,
  markdown: ({ block }) => html`<${Markdown} text=${block.text} />`,
  file: ({ block }) => html`<${FileCard} file=${block.file || { id: block.file_id || block.external_id, name: block.external_id }} />`,
};

function Block({ block }) {
  const Drawn = DRAW[block.type];
  return html`<div class=${`block block-${block.type}`}>${Drawn ? html`<${Drawn} block=${block} />` : html`<div class="unknown">${block.type}</div>`}</div>`;
}

export function Blocks({ blocks }) {
  return html`<div class="blocks">${blocks.map((block, index) => html`<${Block} key=${block.block_id || index} block=${block} />`)}</div>`;
}
