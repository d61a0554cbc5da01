// Every kind of select menu, from lists of the app's, of the app's server, or of the workspace.

import { html, useRef, useState } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { plain } from "../mrkdwn.js";
import { channelTitle, nameOf } from "../people.js";
import { Combobox } from "./combobox.js";
import { nameFor, useField } from "./field.js";

const PAUSE_MS = 250;

function rowOf(option, group) {
  return { key: option.value, text: plain(option.text), description: plain(option.description), group, option };
}

/** An options or option_groups reply as rows. */
function rowsOf({ options, option_groups: groups }) {
  if (groups) return groups.flatMap((group) => group.options.map((option) => rowOf(option, plain(group.label))));
  return (options || []).map((option) => rowOf(option));
}

function Select({ block, element, field, rows, chosen, toFields, many, ...rest }) {
  const optional = block.type === "input" && block.optional;
  const change = (picked) => {
    const limited = many && element.max_selected_items ? picked.slice(0, element.max_selected_items) : picked;
    return field.set(toFields(limited));
  };
  return html`<${Combobox} field=${field} name=${nameFor(block, element)} placeholder=${plain(element.placeholder)} rows=${rows} chosen=${chosen} change=${change} many=${many} clearable=${optional} focusOnLoad=${element.focus_on_load} ...${rest} />`;
}

export function StaticSelect({ block, element }) {
  const field = useField(block, element);
  const many = element.type.startsWith("multi_");
  const chosen = (many ? field.value.selected_options : [field.value.selected_option]).filter(Boolean).map((option) => rowOf(option));
  const bare = (row) => row.option;
  const toFields = (picked) => (many ? { selected_options: picked.map(bare) } : { selected_option: picked[0] ? bare(picked[0]) : null });
  return html`<${Select} block=${block} element=${element} field=${field} rows=${rowsOf(element)} chosen=${chosen} toFields=${toFields} many=${many} />`;
}

/** Options that the app gives while the person types. */
export function ExternalSelect({ block, element }) {
  const viewer = useViewer();
  const field = useField(block, element);
  const [rows, setRows] = useState([]);
  const [state, setState] = useState("idle");
  const timer = useRef(null);
  const asked = useRef(0);
  const many = element.type.startsWith("multi_");
  const least = element.min_query_length ?? 3;
  const chosen = (many ? field.value.selected_options : [field.value.selected_option]).filter(Boolean).map((option) => rowOf(option));

  function onType(text) {
    clearTimeout(timer.current);
    asked.current += 1;
    const mine = asked.current;
    if ([...text.trim()].length < least) return setState("idle");
    setState("asking");
    timer.current = setTimeout(async () => {
      const reply = await field.surface.options(block, element, text.trim()).catch(() => null);
      if (mine !== asked.current) return;
      setRows(reply ? rowsOf(reply) : []);
      setState(reply ? "found" : "failed");
    }, PAUSE_MS);
    return undefined;
  }
  const toFields = (picked) => (many ? { selected_options: picked.map((row) => row.option) } : { selected_option: picked[0]?.option ?? null });
  const hint = { idle: least ? viewer.t("type_to_search", { n: least }) : null, asking: viewer.t("loading"), failed: viewer.t("options_failed") }[state];
  return html`<div onFocusIn=${() => least === 0 && state === "idle" && onType("")}><${Select} block=${block} element=${element} field=${field} rows=${rows} chosen=${chosen} toFields=${toFields} many=${many} onType=${onType} hint=${hint} /></div>`;
}

function people(viewer) {
  return Object.values(viewer.users)
    .filter((user) => !user.deleted && !user.is_bot)
    .map((user) => ({ key: user.id, text: nameOf(user), description: user.real_name !== nameOf(user) ? user.real_name : user.profile?.title, search: `${user.name} ${user.real_name}` }));
}

function publicChannels(viewer) {
  return Object.values(viewer.channels).filter((channel) => !channel.is_im && !channel.is_mpim && !channel.is_private && !channel.is_archived).map((channel) => ({ key: channel.id, text: `#${channel.name}` }));
}

const KIND = { im: "is_im", mpim: "is_mpim", private: "is_private" };

function conversations(viewer, filter) {
  const wanted = filter?.include || ["im", "mpim", "private", "public"];
  return Object.values(viewer.channels)
    .filter((channel) => wanted.includes(Object.keys(KIND).find((kind) => channel[KIND[kind]]) || "public"))
    .filter((channel) => !channel.is_archived && !(filter?.exclude_bot_users && channel.is_im && viewer.users[channel.user]?.is_bot))
    .map((channel) => ({ key: channel.id, text: channel.is_im ? channelTitle(channel, viewer) : `#${channelTitle(channel, viewer)}` }));
}

const WORKSPACE = {
  users: { rows: people, one: "selected_user", many: "selected_users" },
  channels: { rows: publicChannels, one: "selected_channel", many: "selected_channels" },
  conversations: { rows: conversations, one: "selected_conversation", many: "selected_conversations" },
};

/** People, channels or conversations of the workspace. */
export function WorkspaceSelect({ block, element }) {
  const viewer = useViewer();
  const field = useField(block, element);
  const many = element.type.startsWith("multi_");
  const kind = WORKSPACE[element.type.replace("multi_", "").replace("_select", "")];
  const rows = kind.rows(viewer, element.filter);
  const ids = many ? field.value[kind.many] : [field.value[kind.one]];
  const chosen = ids.filter(Boolean).map((id) => rows.find(({ key }) => key === id) || { key: id, text: nameOf(viewer.users[id]) || id });
  const toFields = (picked) => (many ? { [kind.many]: picked.map(({ key }) => key) } : { [kind.one]: picked[0]?.key ?? null });
  return html`<${Select} block=${block} element=${element} field=${field} rows=${rows} chosen=${chosen} toFields=${toFields} many=${many} />`;
}
