// Short words in the corner: a mention elsewhere, something that failed.

import { html } from "./vendor/htm-preact.module.js";
import { useViewer } from "./contexts.js";
import { dropToast } from "./store.js";

export function Toasts({ toasts }) {
  const { t } = useViewer();
  return html`<div class="toasts" role="region" aria-label=${t("toasts")} aria-live="polite">
    ${toasts.map(({ id, text, error, href }) => html`<div key=${id} class=${`toast${error ? " toast-error" : ""}`} role=${error ? "alert" : "status"}>
      ${href ? html`<a href=${href} onClick=${() => dropToast(id)}>${text}</a>` : html`<span>${text}</span>`}<button type="button" aria-label=${t("dismiss_toast")} onClick=${() => dropToast(id)}>×</button>
    </div>`)}
  </div>`;
}
