// The file input of a form: each file is taken to the sandbox at once, the form then carries its id.

import { html, useRef, useState } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { nameFor, useField } from "./field.js";

const MAX_BYTES = 10 * 1024 * 1024;

/** Why this file cannot be taken, as a message id, or null. */
function refusal(file, element) {
  const ending = file.name.split(".").pop().toLowerCase();
  if (element.filetypes?.length && !element.filetypes.includes(ending)) return ["error.file_type", { types: element.filetypes.join(", ") }];
  if (file.size > MAX_BYTES) return ["error.file_size", { name: file.name }];
  return null;
}

export function FileInput({ block, element }) {
  const viewer = useViewer();
  const field = useField(block, element);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const input = useRef(null);
  const files = field.value.files;
  const most = element.max_files || 10;

  async function take(event) {
    const picked = [...event.target.files];
    event.target.value = "";
    const refused = files.length + picked.length > most ? ["error.file_count", { n: most }] : picked.map((file) => refusal(file, element)).find(Boolean);
    setProblem(refused ? viewer.t(...refused) : "");
    if (refused) return;
    setBusy(true);
    try {
      const taken = await Promise.all(picked.map((file) => field.surface.upload(file)));
      await field.set({ files: [...files, ...taken] });
    } catch {
      setProblem(viewer.t("upload_failed"));
    } finally {
      setBusy(false);
    }
  }
  const remove = (file) => () => field.set({ files: files.filter(({ id }) => id !== file.id) });
  return html`<div class=${`file-input${field.invalid ? " invalid" : ""}`}>
    <input ref=${input} class="unseen" tabindex="-1" type="file" id=${field.id} multiple=${most > 1} accept=${element.filetypes?.map((kind) => `.${kind}`).join(",")} disabled=${busy} aria-label=${nameFor(block, element)} aria-invalid=${field.invalid} aria-describedby=${field.described} onChange=${take} />
    <button type="button" class="button small" disabled=${busy || files.length >= most} aria-describedby=${`${field.id}-label`} onClick=${() => input.current.click()}>${viewer.t("composer.attach")}</button>
    ${busy && html` <span class="spinner" role="status" aria-label=${viewer.t("uploading")}></span>`}
    ${files.length > 0 &&
    html`<ul class="file-list">${files.map((file) => html`<li key=${file.id}>📎 ${file.name}<button type="button" aria-label=${viewer.t("remove_named", { name: file.name })} onClick=${remove(file)}>×</button></li>`)}</ul>`}
    ${problem && html`<div class="field-error" role="alert">${problem}</div>`}
  </div>`;
}
