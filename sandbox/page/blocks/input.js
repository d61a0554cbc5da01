// The input block: a label bound to its element, a hint, and what is wrong under it.

import { html } from "../vendor/htm-preact.module.js";
import { useSurface, useViewer } from "../contexts.js";
import { Element } from "../elements/index.js";
import { plain } from "../mrkdwn.js";

const GROUPS = new Set(["radio_buttons", "checkboxes"]);

export function Input({ block }) {
  const viewer = useViewer();
  const surface = useSurface();
  const id = `${surface.prefix}-${block.block_id}-${block.element.action_id}`.replace(/[^\w-]/g, "_");
  const error = surface.errors?.[block.block_id];
  const words = html`${plain(block.label)}${block.optional && html` <span class="optional">${viewer.t("optional")}</span>`}`;
  return html`<div class=${`field${error ? " field-wrong" : ""}`} data-block-id=${block.block_id}>
    ${GROUPS.has(block.element.type) ? html`<div class="field-label" id=${`${id}-label`}>${words}</div>` : html`<label class="field-label" id=${`${id}-label`} for=${id}>${words}</label>`}
    <${Element} block=${block} element=${block.element} />
    ${error && html`<div class="field-error" id=${`${id}-error`} role="alert">${error}</div>`}
    ${block.hint && html`<div class="field-hint" id=${`${id}-hint`}>${plain(block.hint)}</div>`}
  </div>`;
}
