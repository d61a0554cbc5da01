// "Are you sure?": one dialog for the whole page, asked by any element that has a confirm object.

import { html, useEffect, useState, useRef } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { TextObject, plain } from "../mrkdwn.js";
import { trapFocus } from "../focus.js";

let open = null;

/** Ask; true when the person agrees. */
export function askFirst(confirm) {
  return new Promise((resolve) => open?.({ confirm, resolve }));
}

export function ConfirmDialog() {
  const viewer = useViewer();
  const [asked, setAsked] = useState(null);
  const box = useRef(null);
  useEffect(() => {
    open = setAsked;
  }, []);
  useEffect(() => {
    box.current?.querySelector("button.primary, button.danger")?.focus();
  }, [asked]);
  if (!asked) return null;

  const { confirm } = asked;
  const answer = (agreed) => () => {
    asked.resolve(agreed);
    setAsked(null);
  };
  const onKey = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") answer(false)();
    else trapFocus(event, box.current);
  };
  return html`<div class="veil veil-top" onKeyDown=${onKey}>
    <div class="dialog" role="alertdialog" aria-modal="true" aria-labelledby="confirm-title" aria-describedby="confirm-text" ref=${box}>
      <h2 id="confirm-title">${plain(confirm.title) || viewer.t("confirm.title")}</h2>
      <div id="confirm-text">${confirm.text && html`<${TextObject} object=${confirm.text} />`}</div>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${answer(false)}>${plain(confirm.deny) || viewer.t("confirm.deny")}</button>
        <button type="button" class=${`button ${confirm.style === "danger" ? "danger" : "primary"}`} onClick=${answer(true)}>${plain(confirm.confirm) || viewer.t("confirm.yes")}</button>
      </div>
    </div>
  </div>`;
}
