// The stack of modals: title, fields, errors under their field, and nothing typed is ever lost by a failure.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { post } from "./api.js";
import { useViewer } from "./contexts.js";
import { localErrors } from "./elements/state.js";
import { focusFirst, trapFocus } from "./focus.js";
import { plain } from "./mrkdwn.js";
import { takeViews, toast } from "./store.js";
import { ViewBlocks, problemText, viewValues } from "./surfaces.js";
import { plainValues } from "./wire_values.js";

function words(found, t) {
  return Object.fromEntries(Object.entries(found).map(([block, [id, values]]) => [block, t(id, values)]));
}

function Head({ view, depth, close, title }) {
  const { t } = useViewer();
  return html`<header class="modal-head">
    ${depth > 1 && html`<button type="button" class="icon" aria-label=${t("modal.back")} title=${t("modal.back")} onClick=${() => close(false)}>←</button>`}
    <h2 id=${title}>${plain(view.title)}</h2>
    <button type="button" class="icon" aria-label=${t("modal.close_all")} title=${t("modal.close_all")} onClick=${() => close(true)}>×</button>
  </header>`;
}

function Foot({ view, waiting, submit, close }) {
  const { t } = useViewer();
  return html`<footer class="modal-foot">
    <span role="status" class="modal-status">${waiting && html`<span class="spinner"></span> ${t("modal.sending")}`}</span>
    <button type="button" class="button" onClick=${() => close(false)}>${plain(view.close) || t("modal.close")}</button>
    ${view.submit && html`<button type="submit" class="button primary" disabled=${waiting} aria-busy=${waiting} onClick=${submit}>${plain(view.submit)}</button>`}
  </footer>`;
}

const CALM = { waiting: false, errors: {}, problem: "", refusals: 0 };

function useSubmit(view, typed) {
  const viewer = useViewer();
  const [state, setState] = useState(CALM);
  const refused = (errors) => setState((before) => ({ ...CALM, errors, refusals: before.refusals + 1 }));
  const failed = (problem) => (problem.errors ? refused(problem.errors) : setState({ ...CALM, problem: problemText(problem, viewer.t) }));

  /** What is being mended is no longer marked as wrong. */
  const changed = (block) => setState((before) => (before.errors[block] ? { ...before, errors: { ...before.errors, [block]: undefined } } : before));

  async function submit() {
    if (state.waiting) return;
    const values = viewValues(view, typed);
    const found = words(localErrors(view.blocks, values), viewer.t);
    if (Object.keys(found).length) return refused(found);
    setState((before) => ({ ...CALM, waiting: true, refusals: before.refusals }));
    try {
      const reply = await post("/ui/submit", { as: viewer.me, view_id: view.id, values: plainValues(values) });
      setState(CALM);
      takeViews(reply.views);
    } catch (problem) {
      failed(problem);
    }
    return undefined;
  }
  return { ...state, changed, failed, submit };
}

function Modal({ view, depth, typed }) {
  const viewer = useViewer();
  const box = useRef(null);
  const { waiting, errors, refusals, problem, changed, failed, submit } = useSubmit(view, typed);
  const title = `modal-title-${view.id}`;
  useEffect(() => focusFirst(box.current), [view.id]);
  useEffect(() => {
    const wrong = box.current.querySelector(".field-wrong");
    wrong?.scrollIntoView({ block: "center" });
    wrong?.querySelector("input, textarea")?.focus({ preventScroll: true });
  }, [refusals]);

  const close = (all) =>
    post("/ui/close", { as: viewer.me, view_id: view.id, ...(all ? { all: true } : {}) })
      .then((reply) => takeViews(reply.views))
      .catch((trouble) => toast({ text: problemText(trouble, viewer.t), error: true }));
  const onKey = (event) => {
    if (event.key === "Escape") close(false);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
    else trapFocus(event, box.current);
  };
  const onSubmit = (event) => {
    event.preventDefault();
    if (view.submit) submit();
  };
  return html`<div class="veil" onKeyDown=${onKey}>
    <form class="modal" role="dialog" aria-modal="true" aria-labelledby=${title} aria-busy=${waiting} ref=${box} noValidate onSubmit=${onSubmit}>
      <${Head} view=${view} depth=${depth} close=${close} title=${title} />
      <div class="modal-body">
        ${problem && html`<div class="alert alert-error" role="alert">${problem}</div>`}
        <${ViewBlocks} view=${view} typed=${typed} errors=${errors} changed=${changed} failed=${failed} kind="modal" />
      </div>
      <${Foot} view=${view} waiting=${waiting} submit=${(event) => (event.preventDefault(), submit())} close=${close} />
    </form>
  </div>`;
}

/** The top of my stack; those beneath keep what was typed in the page's state. */
export function ModalStack({ views, typed }) {
  const view = views.at(-1);
  useLayoutEffect(() => {
    if (!view) return undefined;
    const before = document.activeElement;
    return () => before?.isConnected && before.focus?.();
  }, [Boolean(view)]);
  if (!view) return null;
  return html`<${Modal} key=${view.id} view=${view} depth=${views.length} typed=${typed[view.id]} />`;
}
