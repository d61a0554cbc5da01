// Buttons, and the overflow menu that hides several of them.

import { html, useState, useRef, useEffect } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { plain } from "../mrkdwn.js";
import { useField } from "./field.js";

export function Button({ block, element }) {
  const { tell, busy, id } = useField(block, element);
  const label = plain(element.text);
  async function press() {
    const pressed = await tell({ text: element.text, ...(element.value === undefined ? {} : { value: element.value }), ...(element.style ? { style: element.style } : {}) });
    if (pressed && element.url) window.open(element.url, "_blank", "noopener");
  }
  return html`<button type="button" id=${id} class=${`button ${element.style || ""}`} disabled=${busy} aria-busy=${busy} aria-label=${element.accessibility_label} onClick=${press}>
    ${label}${element.url ? html`<span aria-hidden="true" class="outward"> ↗</span>` : ""}
  </button>`;
}

function moveInside(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...list.querySelectorAll("[role=menuitem]")];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

export function Overflow({ block, element }) {
  const viewer = useViewer();
  const { tell, busy, id } = useField(block, element);
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    box.current.querySelector("[role=menuitem]")?.focus();
    const away = (event) => box.current?.contains(event.target) || setOpen(false);
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  }, [open]);

  const onKey = (event) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      setOpen(false);
      box.current.querySelector("button").focus();
    } else if (open) moveInside(event, box.current);
  };
  const choose = (option) => async () => {
    setOpen(false);
    const chosen = await tell({ selected_option: option });
    if (chosen && option.url) window.open(option.url, "_blank", "noopener");
  };
  return html`<span class="overflow" ref=${box} onKeyDown=${onKey}>
    <button type="button" id=${id} class="button overflow-button" disabled=${busy} aria-haspopup="menu" aria-expanded=${open} aria-label=${element.accessibility_label || viewer.t("more_actions")} title=${viewer.t("more_actions")} onClick=${() => setOpen(!open)}>⋯</button>
    ${open &&
    html`<span role="menu" class="menu">
      ${element.options.map((option) => html`<button type="button" role="menuitem" class="menu-item" key=${option.value} onClick=${choose(option)}>${plain(option.text)}</button>`)}
    </span>`}
  </span>`;
}
