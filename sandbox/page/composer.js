// The box to write in: Enter sends, "/" starts a command, "@" and "#" complete names, files come along.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { post, upload } from "./api.js";
import { useViewer } from "./contexts.js";
import { Avatar } from "./people.js";
import { problemText } from "./surfaces.js";
import { commandsFor, completions, wordAt } from "./typed_text.js";

const drafts = new Map();

function Suggestions({ id, items, active, pick }) {
  const { t } = useViewer();
  return html`<div class="suggestions" role="listbox" id=${id} aria-label=${t("composer.suggestions")}>
    ${items.map((item, index) => html`<div role="option" key=${item.key} id=${`${id}-${index}`} aria-selected=${index === active} class=${`suggestion${index === active ? " active" : ""}`} onMouseDown=${(event) => (event.preventDefault(), pick(item))}>
      ${item.person && html`<${Avatar} person=${item.person} size=${22} />`}<strong>${item.text}</strong>${item.hint && html`<code>${item.hint}</code>`}<span class="quiet">${item.more}</span>
    </div>`)}
  </div>`;
}

/** What could be completed at the caret, and how to take one of them. */
function useSuggestions(text, setText, box) {
  const viewer = useViewer();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(null);
  const word = wordAt(text, caret);
  const found = commandsFor(text, viewer.commands);
  const items = closed === text ? [] : found.length ? found : word ? completions(word, viewer) : [];
  useEffect(() => setActive(0), [text]);

  function pick(item) {
    const from = found.length ? 0 : word.from;
    const next = text.slice(0, from) + item.insert + text.slice(caret);
    setText(next);
    setClosed(next);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(from + item.insert.length, from + item.insert.length);
      setCaret(from + item.insert.length);
    });
  }
  /** True when a key was for the suggestions. */
  function onKey(event) {
    if (!items.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + items.length) % items.length);
    else if (event.key === "Escape") setClosed(text);
    else if (event.key === "Tab" || (event.key === "Enter" && items[active].insert.trim() !== text.trim())) pick(items[active]);
    else return false;
    event.preventDefault();
    return true;
  }
  return { items, active, pick, onKey, moved: () => setCaret(box.current?.selectionStart ?? 0) };
}

/** Send what was typed: a command or a message. Throws Refused. */
async function send({ viewer, channel, thread, text, files, broadcast }) {
  const command = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (command && !files.length) {
    if (thread) throw Object.assign(new Error(), { error: "no_command_in_thread" });
    return post("/ui/command", { as: viewer.me, channel, command: command[1], text: (command[2] || "").trim() });
  }
  return post("/ui/message", { as: viewer.me, channel, text, ...(thread ? { thread_ts: thread, broadcast } : {}), ...(files.length ? { files: files.map(({ id }) => id) } : {}) });
}

function useComposer(channel, thread) {
  const viewer = useViewer();
  const key = `${viewer.me}/${channel}/${thread || ""}`;
  const [text, keep] = useState(drafts.get(key) || "");
  const [files, setFiles] = useState([]);
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState("");
  const [broadcast, setBroadcast] = useState(false);
  const setText = (next) => {
    drafts.set(key, next);
    keep(next);
  };

  async function attempt(label, work) {
    setBusy(label);
    setProblem("");
    try {
      await work();
      return true;
    } catch (trouble) {
      setProblem(problemText(trouble, viewer.t));
      return false;
    } finally {
      setBusy("");
    }
  }
  async function submit() {
    const said = text.trim();
    if (busy || (!said && !files.length)) return;
    const held = files;
    setText("");
    setFiles([]);
    const sent = await attempt(viewer.t("composer.sending"), () => send({ viewer, channel, thread, text: said, files: held, broadcast }));
    if (sent) return setBroadcast(false);
    if (!drafts.get(key)) setText(text);
    setFiles(held);
  }
  const attach = (picked) => picked.length && attempt(viewer.t("uploading"), async () => setFiles([...files, ...(await upload(viewer.me, picked))]));
  return { text, setText, files, setFiles, busy, problem, broadcast, setBroadcast, submit, attach };
}

export function Composer({ channel, thread, title, broadcastTo }) {
  const { t } = useViewer();
  const box = useRef(null);
  const picker = useRef(null);
  const { text, setText, files, setFiles, busy, problem, broadcast, setBroadcast, submit, attach } = useComposer(channel, thread);
  const suggest = useSuggestions(text, setText, box);
  const listId = `suggest-${channel}-${thread || "main"}`;
  const label = thread ? t("composer.reply") : t("composer.label", { name: title });
  useLayoutEffect(() => {
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight, 220)}px`;
  }, [text]);
  useEffect(() => {
    if (window.innerWidth > 760) box.current.focus();
  }, []);

  const onKey = (event) => {
    if (event.isComposing || suggest.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), submit());
  };
  const takeFiles = (list) => attach([...list]);
  return html`<div class="composer" onDragOver=${(event) => event.preventDefault()} onDrop=${(event) => (event.preventDefault(), takeFiles(event.dataTransfer.files))}>
    ${suggest.items.length > 0 && html`<${Suggestions} id=${listId} items=${suggest.items} active=${suggest.active} pick=${suggest.pick} />`}
    ${problem && html`<div class="composer-problem" role="alert">${problem}</div>`}
    <div class="composer-box">
      <textarea ref=${box} rows="1" role="combobox" aria-expanded=${suggest.items.length > 0} aria-controls=${listId} aria-activedescendant=${suggest.items.length ? `${listId}-${suggest.active}` : undefined} aria-label=${label} placeholder=${label} value=${text}
        onInput=${(event) => (setText(event.target.value), suggest.moved())} onKeyDown=${onKey} onKeyUp=${suggest.moved} onClick=${suggest.moved} onPaste=${(event) => event.clipboardData.files.length && takeFiles(event.clipboardData.files)}></textarea>
      ${files.length > 0 && html`<ul class="file-list">${files.map((file) => html`<li key=${file.id}>📎 ${file.name}<button type="button" aria-label=${t("remove_named", { name: file.name })} onClick=${() => setFiles(files.filter(({ id }) => id !== file.id))}>×</button></li>`)}</ul>`}
      <div class="composer-foot">
        <input ref=${picker} type="file" multiple class="unseen" aria-label=${t("composer.file_label")} tabindex="-1" onChange=${(event) => (takeFiles(event.target.files), (event.target.value = ""))} />
        <button type="button" class="icon" aria-label=${t("composer.attach")} title=${t("composer.attach")} onClick=${() => picker.current.click()}>📎</button>
        ${broadcastTo && html`<label class="broadcast"><input type="checkbox" checked=${broadcast} onChange=${(event) => setBroadcast(event.target.checked)} /> ${t("composer.broadcast", { name: broadcastTo })}</label>`}
        <span class="composer-hint quiet" role="status">${busy ? html`<span class="spinner"></span> ${busy}` : broadcastTo ? "" : t("composer.hint")}</span>
        <button type="button" class="send" aria-label=${t("composer.send")} title=${t("composer.send")} disabled=${!text.trim() && !files.length} onClick=${submit}>➤</button>
      </div>
    </div>
  </div>`;
}
