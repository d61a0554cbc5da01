// Radio buttons and checkboxes.

import { html } from "../vendor/htm-preact.module.js";
import { TextObject } from "../mrkdwn.js";
import { nameFor, useField } from "./field.js";

function Option({ field, option, type, checked, onChange, index, focus }) {
  const id = `${field.id}-${index}`;
  return html`<div class="choice">
    <input type=${type} id=${id} name=${field.id} checked=${checked} disabled=${field.busy} aria-describedby=${option.description ? `${id}-more` : undefined} data-focus-on-load=${focus || undefined} onChange=${onChange} />
    <label for=${id}><${TextObject} object=${option.text} /></label>
    ${option.description && html`<div class="choice-more" id=${`${id}-more`}><${TextObject} object=${option.description} /></div>`}
  </div>`;
}

function Group({ block, element, field, role, children }) {
  const labelled = block.type === "input" ? `${field.id}-label` : undefined;
  return html`<div class=${`choices${field.invalid ? " invalid" : ""}`} id=${field.id} role=${role} aria-labelledby=${labelled} aria-label=${nameFor(block, element)} aria-describedby=${field.described}>${children}</div>`;
}

export function RadioButtons({ block, element }) {
  const field = useField(block, element);
  const rows = element.options.map(
    (option, index) => html`<${Option} key=${option.value} field=${field} option=${option} type="radio" index=${index} focus=${element.focus_on_load && !index} checked=${field.value.selected_option?.value === option.value} onChange=${() => field.set({ selected_option: option })} />`,
  );
  return html`<${Group} block=${block} element=${element} field=${field} role="radiogroup">${rows}<//>`;
}

export function Checkboxes({ block, element }) {
  const field = useField(block, element);
  const chosen = field.value.selected_options;
  const has = (option) => chosen.some(({ value }) => value === option.value);
  const toggled = (option) => element.options.filter((other) => (other.value === option.value ? !has(option) : has(other)));
  const rows = element.options.map(
    (option, index) => html`<${Option} key=${option.value} field=${field} option=${option} type="checkbox" index=${index} focus=${element.focus_on_load && !index} checked=${has(option)} onChange=${() => field.set({ selected_options: toggled(option) })} />`,
  );
  return html`<${Group} block=${block} element=${element} field=${field} role="group">${rows}<//>`;
}
