// One box to choose from a list: type to narrow it down, arrows and Enter to pick, chips where several may be chosen.

import { html, useState, useRef, useEffect, useLayoutEffect } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";

const ROOM_BELOW_PX = 280;

/** Where the list hangs: below its box, or above where there is no room. */
function placeOf(box) {
  const rect = box.getBoundingClientRect();
  const below = window.innerHeight - rect.bottom;
  const width = `left:${rect.left}px;width:${rect.width}px;`;
  if (below < ROOM_BELOW_PX && rect.top > below) return `${width}bottom:${window.innerHeight - rect.top + 4}px;max-height:${Math.min(320, rect.top - 12)}px`;
  return `${width}top:${rect.bottom + 4}px;max-height:${Math.min(320, Math.max(120, below - 12))}px`;
}

function usePlace(open, box) {
  const [style, setStyle] = useState("");
  useLayoutEffect(() => {
    if (!open) return undefined;
    const settle = () => box.current && setStyle(placeOf(box.current));
    settle();
    window.addEventListener("scroll", settle, true);
    window.addEventListener("resize", settle);
    return () => {
      window.removeEventListener("scroll", settle, true);
      window.removeEventListener("resize", settle);
    };
  }, [open]);
  return style;
}

/** The rows of the list, with each group's title before its first row. */
function Rows({ id, rows, active, chosen, pick, hover }) {
  const viewer = useViewer();
  if (!rows.length) return html`<div class="combo-empty">${viewer.t("nothing_found")}</div>`;
  let group = null;
  return rows.map((row, index) => {
    const title = row.group && row.group !== group ? html`<div class="combo-group" role="presentation">${row.group}</div>` : null;
    group = row.group;
    const isChosen = chosen.some(({ key }) => key === row.key);
    return html`${title}<div role="option" id=${`${id}-row-${index}`} key=${row.key} class=${`combo-row${index === active ? " active" : ""}`} aria-selected=${isChosen} onMouseDown=${(event) => event.preventDefault()} onMouseMove=${() => hover(index)} onClick=${() => pick(row)}>
      <span class="combo-text">${row.text}</span>${row.description && html`<span class="combo-description">${row.description}</span>`}${isChosen && html`<span class="combo-tick" aria-hidden="true">✓</span>`}
    </div>`;
  });
}

function Chips({ chosen, remove }) {
  const viewer = useViewer();
  return chosen.map((row) => html`<span class="chip" key=${row.key}>${row.text}<button type="button" aria-label=${viewer.t("remove_named", { name: row.text })} onClick=${() => remove(row)}>×</button></span>`);
}

/**
 * rows: [{key, text, description?, group?}] already narrowed when `onType` is given, else narrowed here;
 * chosen: rows; change(rows) takes the new choice.
 */
export function Combobox({ field, name, placeholder, rows, chosen, change, many, onType, hint, clearable, focusOnLoad }) {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef(null);
  const input = useRef(null);
  const style = usePlace(open, box);
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = onType || !wanted ? rows : rows.filter((row) => `${row.text} ${row.search || ""} ${row.group || ""}`.toLocaleLowerCase().includes(wanted));

  useEffect(() => setActive(0), [typed, rows.length]);
  useEffect(() => {
    document.getElementById(`${field.id}-row-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, open]);

  function type(text) {
    setTyped(text);
    setOpen(true);
    onType?.(text);
  }
  function close() {
    setOpen(false);
    setTyped("");
  }
  function pick(row) {
    const already = chosen.some(({ key }) => key === row.key);
    if (many) {
      change(already ? chosen.filter(({ key }) => key !== row.key) : [...chosen, row]);
      setTyped("");
      input.current?.focus();
    } else {
      change([row]);
      close();
    }
  }
  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open && shown.length) setActive((active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
      setOpen(true);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      event.stopPropagation();
      if (shown[active]) pick(shown[active]);
    } else if (event.key === "Backspace" && many && !typed && chosen.length) change(chosen.slice(0, -1));
    else if (event.key === "Tab") close();
  }

  const text = open || many ? typed : chosen[0]?.text || "";
  return html`<div class=${`combo${many ? " combo-many" : ""}${field.invalid ? " invalid" : ""}`} ref=${box} onMouseDown=${(event) => event.target === box.current && (event.preventDefault(), input.current.focus())}>
    ${many && html`<${Chips} chosen=${chosen} remove=${(row) => change(chosen.filter(({ key }) => key !== row.key))} />`}
    <input ref=${input} id=${field.id} type="text" role="combobox" autocomplete="off" spellcheck=${false} aria-label=${name} aria-autocomplete="list" aria-expanded=${open} aria-controls=${`${field.id}-list`} aria-activedescendant=${open && shown.length ? `${field.id}-row-${active}` : undefined} aria-invalid=${field.invalid} aria-describedby=${field.described} aria-busy=${field.busy} disabled=${field.busy}
      data-focus-on-load=${focusOnLoad || undefined} value=${text} placeholder=${many && chosen.length ? "" : (open && !many && chosen[0]?.text) || placeholder || viewer.t("choose")} onInput=${(event) => type(event.target.value)} onClick=${() => setOpen(true)} onKeyDown=${onKey} onBlur=${close} />
    ${clearable && !many && chosen.length > 0 && !open ? html`<button type="button" class="combo-clear" aria-label=${viewer.t("clear_named", { name: chosen[0].text })} onClick=${() => change([])}>×</button>` : html`<span class="combo-arrow" aria-hidden="true">▾</span>`}
    ${open && html`<div class="combo-list" role="listbox" id=${`${field.id}-list`} aria-label=${name || placeholder} aria-multiselectable=${many || undefined} style=${style}>${hint ? html`<div class="combo-empty" role="status">${hint}</div>` : html`<${Rows} id=${field.id} rows=${shown} active=${active} chosen=${chosen} pick=${pick} hover=${setActive} />`}</div>`}
  </div>`;
}
